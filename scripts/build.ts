import { fileURLToPath } from 'node:url';
import { buildIfStale } from '#lib/server/demo/build.ts';

const built = await buildIfStale(fileURLToPath(new URL('..', import.meta.url)));
process.stdout.write(built ? 'Built\n' : 'Nothing has changed since the last build\n');
