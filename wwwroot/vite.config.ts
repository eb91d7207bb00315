import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vitest/config';

// Vitest's reporter groups failures with a function that Node 20 does not have yet.
Map.groupBy ??= <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index);
    index += 1;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

const server = process.env['AIRMAP_DEV_SERVER'] ?? 'http://127.0.0.1:5080';

/** Writes `.br` and `.gz` beside every text file of the build, so that the server never compresses the same bytes twice. */
function precompress(): Plugin {
  const smallest = 1024; // bytes; below that the headers outweigh the gain
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle() {
      const folder = join(import.meta.dirname, 'dist');
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        if (!/\.(?:js|mjs|css|html|svg|json)$/.test(name) || statSync(file).size < smallest) continue;
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Writes the build's name into every page: it changes with any file that the page loads, for their names hold their hashes. */
function nameBuild(): Plugin {
  return {
    name: 'name-build',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => [{ tag: 'meta', attrs: { name: 'airmap-build', content: createHash('sha256').update(html).digest('hex').slice(0, 16) }, injectTo: 'head-prepend' }],
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [nameBuild(), precompress()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // the CSP allows no data: scripts or fonts
    chunkSizeWarningLimit: 1200, // kB; maplibre-gl alone is 1.1 MB before compression
    rolldownOptions: {
      input: {
        wall: join(import.meta.dirname, 'index.html'),
        ...Object.fromEntries(['registers', 'signin', 'admin', 'county', 'subject'].map((page) => [page, join(import.meta.dirname, page, 'index.html')])),
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'maplibre', test: /node_modules[\\/]maplibre-gl/ },
            { name: 'echarts', test: /node_modules[\\/](?:echarts|zrender)/ },
            { name: 'signalr', test: /node_modules[\\/](?:@microsoft|@msgpack)/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/tiles': server,
      '/health': server,
      '/hubs': { target: server, ws: true },
    },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
