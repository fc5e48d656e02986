import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '#lib/server/config.ts';
import { refusePowers } from '#lib/server/db/powers.ts';
import { addressHeader } from '#lib/server/http/client-address.ts';
import { bodyLimit, closeEntry, createEntry, type Handler } from '#lib/server/http/entry.ts';
import { log } from '#lib/server/log.ts';
import { onStop, orExplain } from '#lib/server/process.ts';

const config = orExplain(() => readConfig(process.env));
const build = new URL('../build/handler.js', import.meta.url);
if (!existsSync(fileURLToPath(build))) {
	process.stderr.write('There is no build to serve yet. Make one with: npm run build\n');
	process.exit(1);
}

// The adapter reads these as it is imported. Its own limit lies above ours, so that what is too
// long gets our page.
process.env.ORIGIN = config.origin;
process.env.ADDRESS_HEADER = addressHeader;
process.env.BODY_SIZE_LIMIT = String(bodyLimit * 2);
const { handler }: { handler: Handler } = await import(build.href);

const server = createEntry({ handler, origin: config.origin, proxies: config.proxies });
server.on('error', (error: NodeJS.ErrnoException) => {
	process.stderr.write(`Port ${String(config.port)} cannot be used: ${String(error.code)}\n`);
	process.exit(1);
});
server.listen(config.port, config.host, () => {
	log('server.listening', { port: config.port, demo: config.demo });
});
const watch = refusePowers(config.databaseUrl, (reason) => {
	process.stderr.write(`DATABASE_URL must be that of the role waymark_app: ${reason}.\n`);
	process.exit(1);
});

onStop(async (reason) => {
	log('server.stopping', { reason });
	watch.stop();
	await closeEntry(server, config.shutdownSeconds);
	// What the application opened closes on the adapter's own event.
	const events: NodeJS.EventEmitter = process;
	events.emit('sveltekit:shutdown', reason);
	log('server.stopped');
});
