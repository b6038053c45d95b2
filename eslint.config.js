import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

import layers from './test/layers.json' with { type: 'json' };

// A folder names a runtime: `test/layers.json` says what each may import; `test/layers.test.ts` checks more.
const everyLayer = Object.keys(layers);
const zones = everyLayer.flatMap((target) =>
  everyLayer
    .filter((from) => from !== target && !layers[target].includes(from))
    .map((from) => ({ target: `./${target}`, from: `./${from}`, message: `${target} may not import ${from}` })),
);

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'resources/', 'bench/out/'] },
  {
    files: ['**/*.{ts,cts,svelte}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    settings: {
      // Components are parsed by their own plugin; `test/layers.test.ts` sees what they import.
      'import-x/extensions': ['.ts', '.cts'],
      'import-x/ignore': ['\\.svelte$'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.cts'] },
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['tsconfig.json', 'renderer/tsconfig.json'],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      // An interface of promises may be met without one.
      '@typescript-eslint/require-await': 'off',
      // Numbers and booleans in messages are plain enough.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `while (true)` reads well where a loop ends from within.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // An arrow that passes a void call on is shorter and no less clear.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A message handler may be async; what it rejects with is its own business to catch.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      // Row and column indices in typed-array maths.
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['renderer/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
    // Much of what a controller remembers is not shown: it need not be followed.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'import-x/no-default-export': 'off',
      // The parser takes what another component declares for `any`; svelte-check knows the types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      // Tests say what is there and fail loudly where it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['*.config.ts', 'svelte.config.js', 'test/renderer/page-environment.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
);
