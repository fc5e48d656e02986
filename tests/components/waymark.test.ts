import { createRawSnippet } from 'svelte';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import ConflictNotice from '#lib/components/ConflictNotice.svelte';
import EmergencyPanel from '#lib/components/EmergencyPanel.svelte';
import HiddenFields from '#lib/components/HiddenFields.svelte';
import JourneyDots from '#lib/components/JourneyDots.svelte';
import LanguagePicker from '#lib/components/LanguagePicker.svelte';
import SafeContactStrip from '#lib/components/SafeContactStrip.svelte';
import Table from '#lib/components/Table.svelte';
import TwoVoices from '#lib/components/TwoVoices.svelte';
import WaitingList from '#lib/components/WaitingList.svelte';
import { markup, trees } from './support/tree.ts';

function bodyOf(html: string): HTMLElement {
	return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body;
}

function textOf(element: Element | null | undefined): string {
	return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

describe('the comparison of markup', () => {
	test('sees elements, attributes and texts', () => {
		expect(trees('<p class="b a">Hi <b>x</b></p>')).toEqual([
			{
				element: 'p',
				attributes: { class: 'a b' },
				children: ['Hi', { element: 'b', attributes: {}, children: ['x'] }]
			}
		]);
	});

	test('tells a missing attribute from an empty one', () => {
		expect(trees('<p hidden></p>')).not.toEqual(trees('<p></p>'));
	});
});

describe('two voices', () => {
	const voices = {
		question: 'How can we reach you?',
		told: { heading: 'You told us', when: '12 Nov', text: 'Text only.', empty: 'Nothing yet.' },
		recorded: { heading: 'Your officer recorded', empty: 'Nothing recorded yet.' }
	};

	test('show both sides, and say so where one has said nothing', () => {
		const body = bodyOf(markup(TwoVoices, voices));
		const sides = [...body.querySelectorAll('.wm-voice')].map(textOf);
		expect(sides).toEqual([
			'You told us 12 Nov Text only.',
			'Your officer recorded Nothing recorded yet.'
		]);
	});

	test('say in words that they differ', () => {
		const body = bodyOf(markup(TwoVoices, { ...voices, difference: 'These do not match.' }));
		expect(textOf(body.querySelector('.wm-two-voices__difference'))).toContain(
			'These do not match.'
		);
	});
});

test('the journey is an ordered list that says each state in words', () => {
	const body = bodyOf(
		markup(JourneyDots, {
			label: 'Where your case is',
			phases: [
				{ key: 'told', label: 'Told', state: 'done' },
				{ key: 'cps', label: 'CPS', state: 'now' },
				{ key: 'court', label: 'Court', state: 'ahead' }
			],
			words: { done: 'done', now: 'now', ahead: 'may come' }
		})
	);
	const steps = [...body.querySelectorAll('ol > li')];
	expect(steps.map(textOf)).toEqual(['Told (done)', 'CPS (now)', 'Court (may come)']);
	expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, 'step', null]);
});

test('the safe-contact strip says the state in words and names no channel it was not given', () => {
	const body = bodyOf(
		markup(SafeContactStrip, {
			label: 'Safe contact',
			state: 'not',
			text: 'Not now',
			unsafe: { label: 'Never:', channels: ['phone'] }
		})
	);
	expect([...body.querySelectorAll('p')].map(textOf)).toEqual(['✕Not now', 'Never: phone']);
});

test('a waiting list that is empty says so instead of showing an empty list', () => {
	const body = bodyOf(markup(WaitingList, { items: [], empty: 'Nothing is waiting for you.' }));
	expect(body.querySelector('ul')).toBeNull();
	expect(textOf(body)).toBe('Nothing is waiting for you.');
});

test('an emergency number can be rung, and its English stands beside it as English', () => {
	const lines = [{ number: '0808 200 0247', text: 'مفت', english: 'Free' }];
	const body = bodyOf(markup(EmergencyPanel, { title: 'خطرہ', lines }));
	expect(body.querySelector('a')?.getAttribute('href')).toBe('tel:08082000247');
	expect(textOf(body.querySelector('[lang="en"][dir="ltr"]'))).toBe('Free');
});

test('a conflict shows what stands there beside what was typed', () => {
	const raw = (html: string) => createRawSnippet(() => ({ render: () => html }));
	const body = bodyOf(
		markup(ConflictNotice, {
			title: 'Someone changed this while you were writing.',
			theirsHeading: 'What it says now',
			yoursHeading: 'What you wrote',
			theirs: raw('<p>Phone</p>'),
			yours: raw('<p>Text</p>')
		})
	);
	expect(body.querySelector('[role="alert"]')?.getAttribute('tabindex')).toBe('-1');
	expect([...body.querySelectorAll('.wm-voice')].map(textOf)).toEqual([
		'What it says now Phone',
		'What you wrote Text'
	]);
});

test('hidden fields carry what they were given and nothing else', () => {
	const body = bodyOf(markup(HiddenFields, { submission: 'k1', version: 3 }));
	const fields = [...body.querySelectorAll('input')];
	expect(fields.map((field) => [field.getAttribute('name'), field.getAttribute('value')])).toEqual([
		['submission', 'k1'],
		['version', '3']
	]);
});

test('each language is named in its own script and marked as that language', () => {
	const body = bodyOf(
		markup(LanguagePicker, {
			label: 'Language',
			current: 'en',
			languages: [
				{ code: 'en', name: 'English' },
				{ code: 'ur', name: 'اردو', dir: 'rtl' }
			]
		})
	);
	const urdu = body.querySelector('button[value="ur"]');
	expect(body.querySelector('form')?.getAttribute('method')).toBe('post');
	expect(urdu?.getAttribute('lang')).toBe('ur');
	expect(urdu?.getAttribute('dir')).toBe('rtl');
});

test('a table that becomes cards keeps its roles and labels each cell', () => {
	const body = bodyOf(
		markup(Table, { cards: true, head: [{ text: 'Due' }], rows: [[{ text: 'today' }]] })
	);
	const cell = body.querySelector('td');
	expect(cell?.getAttribute('role')).toBe('cell');
	expect(cell?.getAttribute('data-label')).toBe('Due');
});
