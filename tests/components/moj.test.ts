import { readFileSync } from 'node:fs';
import type { Component } from 'svelte';
import { describe, expect, test } from 'vitest';
import Alert from '#lib/components/Alert.svelte';
import Badge from '#lib/components/Badge.svelte';
import MessageList from '#lib/components/MessageList.svelte';
import Timeline from '#lib/components/Timeline.svelte';
import { compare, type Case, type Fixture, type Options } from './support/fixtures.ts';
import { leftOut } from './support/left-out.ts';
import made from './support/moj-fixtures.json' with { type: 'json' };

// @ministryofjustice/frontend ships templates but no fixtures; these were made from its templates.

const tenses = { date: { dateStyle: 'long' }, time: { timeStyle: 'short' } } as const;

/** Writes a moment as the package's own filter does: '14 June 2019', '2:01pm', or both. */
function asFilter(timestamp: unknown, kind: unknown): string {
	const moment = new Date(String(timestamp));
	const [date = '', time = ''] = [tenses.date, tenses.time].map((style) =>
		new Intl.DateTimeFormat('en-GB', { ...style, timeZone: 'UTC', hour12: true }).format(moment)
	);
	const short = time.replace(/^0/, '').replace(':00', '').replace(' ', '');
	if (kind === 'datetime') return `${date} at ${short}`;
	return kind === 'time' ? short : date;
}

function items(options: Options, change: (item: Options) => Options): Options {
	return { ...options, items: (options['items'] as Options[]).map(change) };
}

function timelineProps(options: Options): Options {
	return items(options, (item) => {
		const { timestamp, type } = item['datetime'] as Options;
		return { ...item, datetime: { timestamp, text: asFilter(timestamp, type) } };
	});
}

function messageProps(options: Options): Options {
	return items(options, ({ timestamp, ...item }) => ({
		...item,
		date: asFilter(timestamp, 'date'),
		time: asFilter(timestamp, 'time')
	}));
}

const components: [string, unknown, Case['props']?][] = [
	['alert', Alert],
	['badge', Badge],
	['messages', MessageList, messageProps],
	['timeline', Timeline, timelineProps]
];

for (const [name, component, props] of components) {
	describe(`@ministryofjustice/frontend ${name}`, () => {
		const one: Case = {
			name,
			component: component as Component<Record<string, unknown>>,
			leftOut: leftOut[`moj-${name}`] ?? {},
			...(props ? { props } : {})
		};
		compare(one, (made.components as Record<string, Fixture[]>)[name] ?? []);
	});
}

test('the fixtures were made from the version in use', () => {
	const path = 'node_modules/@ministryofjustice/frontend/package.json';
	const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
	expect(made.version).toBe(version);
});
