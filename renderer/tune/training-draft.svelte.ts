import type { Input } from '../../app/contract/api.ts';
import { TrainingSettings } from '../../app/contract/tuning.ts';

export type SettingName = keyof TrainingSettings;
export const miningKinds = TrainingSettings.shape.mining.options;
export const numberNames = ['people', 'faces', 'lone', 'margin', 'steps', 'rate'] as const;
export type NumberName = (typeof numberNames)[number];

/** The least and the most that a setting may be, as the contract has it. */
export function rangeOf(name: NumberName): { readonly least: number; readonly most: number; readonly whole: boolean } {
  const { minValue, maxValue, format } = TrainingSettings.shape[name];
  return { least: minValue ?? -Infinity, most: maxValue ?? Infinity, whole: format === 'safeint' };
}

/** What a run is asked for; what is left out is as recommended. */
export type Asked = NonNullable<Input<'tune.start'>['settings']>;

/** The settings of the next run, as they are typed. */
export class TrainingDraft {
  /** What was typed and differs from what is recommended. */
  #typed = $state.raw<Readonly<Partial<Record<SettingName, string>>>>({});
  readonly #recommended: () => TrainingSettings | null;

  constructor(recommended: () => TrainingSettings | null) {
    this.#recommended = recommended;
  }

  text(name: SettingName): string {
    return this.#typed[name] ?? String(this.#recommended()?.[name] ?? '');
  }

  type(name: SettingName, text: string): void {
    this.#typed = { ...this.#typed, [name]: text };
  }

  reset(): void {
    this.#typed = {};
  }

  isWrong(name: SettingName): boolean {
    const text = this.#typed[name];
    return text !== undefined && !TrainingSettings.shape[name].safeParse(valueOf(name, text)).success;
  }

  get wrong(): boolean {
    return Object.keys(this.#typed).some((name) => this.isWrong(name as SettingName));
  }

  get changed(): boolean {
    return Object.keys(this.changes).length > 0 || this.wrong;
  }

  /** What a run is to do otherwise than recommended; only what may be. */
  get changes(): Asked {
    const recommended = this.#recommended();
    const entries = Object.entries(this.#typed).map(([name, text]) => [name, valueOf(name, text)] as const);
    const parsed = TrainingSettings.partial().safeParse(
      Object.fromEntries(entries.filter(([name, value]) => recommended?.[name as SettingName] !== value)),
    );
    return parsed.success ? parsed.data : {};
  }
}

/** An empty field is no number, though `Number('')` is 0. */
const valueOf = (name: string, text: string): string | number =>
  name === 'mining' ? text : text.trim() === '' ? NaN : Number(text.replace(',', '.'));
