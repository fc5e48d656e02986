import { readFileSync } from 'node:fs';
import { createRawSnippet, type Component, type Snippet } from 'svelte';
import { expect, test } from 'vitest';
import { markup, trees } from './tree.ts';

export type Options = Record<string, unknown>;

export interface Fixture {
	name: string;
	options: Options;
	html: string;
}

/** A component of ours beside the fixtures of its counterpart. */
export interface Case {
	/** The counterpart's name in its package. */
	name: string;
	component: Component<Record<string, unknown>>;
	/** Fixtures that our props cannot express, each with the reason. */
	leftOut?: Record<string, string>;
	/** Turns what is left of the counterpart's options into our props. */
	props?: (options: Options) => Options;
}

/** Gives a snippet of ready-made markup, as a page would write it between the tags. */
export function snippet(html: string): Snippet {
	return createRawSnippet(() => ({ render: () => html }));
}

/**
 * Turns the counterpart's options into our props: what takes `html` there takes a snippet here,
 * as `children` for the component itself and as `content` for its parts.
 */
export function toProps(options: Options): Options {
	const { html, ...rest } = options;
	return { ...partsOf(rest), ...(html ? { children: snippet(String(html)) } : {}) };
}

const renamed: Record<string, string> = {
	html: 'content',
	titleHtml: 'titleContent',
	summaryHtml: 'summaryContent',
	descriptionHtml: 'children'
};

function partsOf(value: Options): Options {
	const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
		const name = renamed[key];
		if (name && typeof inner === 'string') return [name, snippet(inner)];
		if (key === 'conditional') return [key, revealed(inner as { html?: unknown })];
		return [key, key === 'attributes' ? inner : convert(inner)];
	});
	return Object.fromEntries(entries);
}

function convert(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(convert);
	return value !== null && typeof value === 'object' ? partsOf(value as Options) : value;
}

function revealed(conditional: { html?: unknown }): Snippet | undefined {
	return conditional.html ? snippet(String(conditional.html)) : undefined;
}

/** Reads the fixtures that govuk-frontend ships with a component. */
export function govukFixtures(name: string): Fixture[] {
	const path = `node_modules/govuk-frontend/dist/govuk/components/${name}/fixtures.json`;
	return (JSON.parse(readFileSync(path, 'utf8')) as { fixtures: Fixture[] }).fixtures;
}

/**
 * Writes a test for each fixture. One that our props can express must come out the same; one that
 * is listed as left out must differ, so that the list never hides a fixture that works.
 */
export function compare(one: Case, fixtures: Fixture[]): void {
	const leftOut = one.leftOut ?? {};
	for (const fixture of fixtures) {
		const reason = leftOut[fixture.name];
		const props = one.props ?? ((options: Options) => options);
		const ours = (): unknown => trees(markup(one.component, props(toProps(fixture.options))));
		if (reason === undefined) {
			test(`renders the fixture "${fixture.name}"`, () => {
				expect(ours()).toEqual(trees(fixture.html));
			});
		} else {
			test(`leaves out the fixture "${fixture.name}": ${reason}`, () => {
				expect(same(ours, trees(fixture.html))).toBe(false);
			});
		}
	}
	test('leaves out only fixtures that exist', () => {
		const names = fixtures.map((fixture) => fixture.name);
		expect(Object.keys(leftOut).filter((name) => !names.includes(name))).toEqual([]);
	});
}

function same(ours: () => unknown, theirs: unknown): boolean {
	try {
		expect(ours()).toEqual(theirs);
		return true;
	} catch {
		return false;
	}
}
