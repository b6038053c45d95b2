import { plot, type PlotOptions } from '@observablehq/plot';
import * as linkedom from 'linkedom';

/** Typed here because there are no types of a page where there is none. */
const { document } = (linkedom.parseHTML as (html: string) => { document: object })('<html><body></body></html>');
const draw = plot as (options: object) => { readonly outerHTML: string };

/** A chart as the text of an SVG element. Legends are not drawn. */
export function drawChart(options: PlotOptions): string {
  const { outerHTML } = draw({ ...options, document });
  // Within HTML it needs no name space, in a file of its own it does.
  return outerHTML.replace(/^<svg(?! xmlns)/, '<svg xmlns="http://www.w3.org/2000/svg"');
}
