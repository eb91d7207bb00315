/** The built client as the server gives it out: the page and what it loads. */
import { send } from './http';

/** The name that the build has written into a page; null of a page that was not built. */
export const buildOf = (page: ParentNode): string | null => page.querySelector('meta[name="airmap-build"]')?.getAttribute('content') ?? null;

/**
 * Reads the page at this address and all files that it names, so that loading it cannot fail half-way.
 * @returns The build's name. Throws where anything cannot be read.
 */
export async function fetchPage(path: string): Promise<string | null> {
  const page = new DOMParser().parseFromString(await (await send(path)).text(), 'text/html');
  const named = [...page.querySelectorAll('script[src], link[rel="stylesheet"], link[rel="modulepreload"]')].map((e) => e.getAttribute('src') ?? e.getAttribute('href') ?? '');
  // Their names hold their hashes: what is in the browser's cache already is the right file.
  await Promise.all(named.map(async (file) => (await send(file, { cached: true })).arrayBuffer()));
  return buildOf(page);
}
