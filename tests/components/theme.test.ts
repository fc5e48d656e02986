import { readFileSync } from 'node:fs';
import { compile } from 'sass';
import { beforeAll, describe, expect, test } from 'vitest';

const tokens = readFileSync('src/styles/_tokens.scss', 'utf8');

function colour(name: string): string {
	const found = new RegExp(`^\\$${name}: (#[0-9a-f]{6});`, 'm').exec(tokens)?.[1];
	if (!found) throw new Error(`No colour named ${name}`);
	return found;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(colour(one)), luminance(colour(other))].sort(
		(a, b) => a - b
	);
	return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'surface', 'sand', 'teal-mist', 'amber-mist', 'rose-mist', 'moss-mist'];

describe('the colours', () => {
	const pairs = [
		...['ink', 'ink-soft', 'link', 'teal-deep'].flatMap((ink) =>
			grounds.map((ground): [string, string] => [ink, ground])
		),
		['error', 'paper'],
		['error', 'surface'],
		['link-visited', 'paper'],
		['amber-ink', 'amber-mist'],
		['moss', 'moss-mist'],
		['on-dark', 'teal'],
		['on-dark', 'teal-deep'],
		['on-dark', 'brick'],
		['on-dark', 'brick-deep'],
		['focus-ink', 'focus']
	] satisfies [string, string][];

	test.each(pairs)('%s on %s can be read at 7:1', (ink, ground) => {
		expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7);
	});

	test.each(grounds)('strong lines on %s can be seen at 3:1', (ground) => {
		expect(contrast('line-strong', ground)).toBeGreaterThanOrEqual(3);
	});
});

describe('the style sheet', () => {
	let css: string;
	beforeAll(() => {
		css = compile('src/styles/waymark.scss', {
			loadPaths: ['.', 'node_modules'],
			quietDeps: true,
			logger: { warn: () => undefined }
		}).css;
	});

	test('fetches nothing: no font, no import, no other address', () => {
		expect(css).not.toMatch(/@import|url\(['"]?(https?:|\/\/)|format\(/);
		expect(css).not.toContain('GDS Transport');
	});

	test('hides everything of a page that was left', () => {
		expect(css).toMatch(
			/\.wm-blank body > :not\(\.govuk-exit-this-page-overlay\) \{\s*display: none !important/
		);
	});

	test('hides a conditional question only where JavaScript runs', () => {
		const rules = css.match(/[^{}]*conditional--hidden[^{}]*\{[^}]*display: none/g) ?? [];
		expect(rules.length).toBeGreaterThan(0);
		expect(rules.every((rule) => rule.includes('.govuk-frontend-supported'))).toBe(true);
	});
});
