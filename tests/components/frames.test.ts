import { createRawSnippet } from 'svelte';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import ExitBar from '#lib/components/ExitBar.svelte';
import PublicFrame from '#lib/components/PublicFrame.svelte';
import StaffFrame from '#lib/components/StaffFrame.svelte';
import VictimFrame from '#lib/components/VictimFrame.svelte';
import { markup } from './support/tree.ts';

const children = createRawSnippet(() => ({ render: () => '<h1>Hello</h1>' }));
const words = {
	text: 'Leave this site now',
	emergency: 'Emergency',
	activated: 'Loading.',
	timedOut: 'Expired.',
	pressTwoMoreTimes: 'Two more.',
	pressOneMoreTime: 'One more.'
};
const exit = { words, destination: 'https://weather.example' };
const places = [
	{ key: 'home', href: '/home', label: 'Home' },
	{ key: 'messages', href: '/messages', label: 'Messages', count: 2, countLabel: '2 new' }
];

function bodyOf(html: string): HTMLElement {
	return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body;
}

function victimFrame(): HTMLElement {
	return bodyOf(
		markup(VictimFrame, {
			words: { menu: 'Menu', skip: 'Skip to main content', places: 'Places' },
			current: 'home',
			nav: places,
			exit,
			children
		})
	);
}

function publicFrame(): HTMLElement {
	return bodyOf(markup(PublicFrame, { words: { skip: 'Skip to main content' }, exit, children }));
}

describe('the way out', () => {
	test.each([
		['a victim’s page', victimFrame],
		['a public page', publicFrame]
	])('is the first stop of Tab on %s', (_, frame) => {
		const first = frame().querySelector('a[href], button, input, [tabindex]');
		expect(first?.getAttribute('href')).toBe('/exit');
	});

	test('works as a plain link that tells nobody where it came from', () => {
		const link = bodyOf(markup(ExitBar, exit)).querySelector('a');
		expect(link?.getAttribute('rel')).toBe('nofollow noreferrer');
		expect(link?.hasAttribute('data-sveltekit-reload')).toBe(true);
		expect(link?.hasAttribute('data-exit')).toBe(true);
		expect(link?.textContent.replace(/\s+/g, ' ').trim()).toBe('Emergency Leave this site now');
	});

	test('does not name its destination in the markup', () => {
		expect(markup(ExitBar, exit)).not.toContain('weather.example');
	});
});

describe('the frames', () => {
	test('skip to the main content, which can take focus', () => {
		for (const frame of [victimFrame(), publicFrame()]) {
			expect(frame.querySelector('.govuk-skip-link')?.getAttribute('href')).toBe('#content');
			expect(frame.querySelector('main#content')?.getAttribute('tabindex')).toBe('-1');
		}
	});

	test('mark the place the page belongs to, and only that', () => {
		const marked = [...victimFrame().querySelectorAll('[aria-current]')];
		expect(marked.map((link) => link.getAttribute('href'))).toEqual(['/home']);
	});

	test('say in words what a count counts', () => {
		const count = victimFrame().querySelector('.wm-places__count');
		expect(count?.querySelector('[aria-hidden]')?.textContent).toBe('2');
		expect(count?.querySelector('.govuk-visually-hidden')?.textContent).toBe('2 new');
	});

	test('pin the safe-contact strip above the page for staff', () => {
		const strip = createRawSnippet(() => ({ render: () => '<section>Safe contact</section>' }));
		const body = bodyOf(
			markup(StaffFrame, {
				nav: places,
				words: { skip: 'Skip to main content', places: 'Sections' },
				strip,
				children
			})
		);
		expect(body.querySelector('section + main')).not.toBeNull();
	});

	test('carry no inline style, which the content security policy would refuse', () => {
		for (const frame of [victimFrame(), publicFrame()]) {
			expect(frame.querySelectorAll('[style], style')).toHaveLength(0);
		}
	});
});
