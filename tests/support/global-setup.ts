import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#lib/server/db/embedded.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { makeDatabase } from '#lib/server/db/roles.ts';
import { installWorkerSchema } from '#lib/server/jobs/install.ts';

declare module 'vitest' {
	interface ProvidedContext {
		adminUrl: string;
		urls: { owner: string; app: string; worker: string; oversight: string };
	}
}

/** One real PostgreSQL for the whole run, with one migrated database that every test file copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
	const embedded = await startEmbedded({ purpose: 'test' });
	await makeDatabase(embedded.adminUrl, 'template_waymark');
	await migrateToLatest(embedded.url('template_waymark', 'waymark_owner'), () => undefined);
	await installWorkerSchema(embedded.url('template_waymark', 'waymark_worker'));
	project.provide('adminUrl', embedded.adminUrl);
	project.provide('urls', {
		owner: embedded.url('DATABASE', 'waymark_owner'),
		app: embedded.url('DATABASE', 'waymark_app'),
		worker: embedded.url('DATABASE', 'waymark_worker'),
		oversight: embedded.url('DATABASE', 'waymark_oversight')
	});
	return () => embedded.stop();
}
