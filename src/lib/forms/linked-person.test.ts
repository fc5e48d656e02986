import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseAdd, parseRemove, parseResolve } from '#lib/forms/linked-person.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

const whole = {
	role: 'suspect',
	address: '12 High Street, MD1 4QX',
	number: '07700 900123',
	initial: 'j',
	surname: 'Exämple'
};

function errorsOf(change: Partial<typeof whole>): string[] {
	const read = parseAdd(form({ ...whole, ...change }));
	return read.ok ? [] : read.error.errors.map((error) => error.field);
}

test('what an officer types is turned into what is compared', () => {
	expect(parseAdd(form(whole))).toEqual({
		ok: true,
		value: {
			...{ role: 'suspect', address: 'md14qx 12', number: '+447700900123' },
			...{ name: 'j example', surname: 'example' }
		}
	});
});

test('one thing that is known is enough, and none is not', () => {
	const only = { role: 'associate', address: '', number: '', initial: '', surname: '' };
	expect(parseAdd(form({ ...only, number: '07700 900123' }))).toMatchObject({
		value: { address: null, number: '+447700900123', name: null, surname: null }
	});
	expect(errorsOf(only)).toEqual(['address']);
});

test('what cannot be compared is refused at its field', () => {
	expect(errorsOf({ role: 'victim' })).toEqual(['role']);
	expect(errorsOf({ number: 'unknown' })).toEqual(['number']);
	expect(errorsOf({ address: ', ,' })).toEqual(['address']);
	expect(errorsOf({ initial: '' })).toEqual(['initial']);
	expect(errorsOf({ surname: '' })).toEqual(['surname']);
	expect(errorsOf({ surname: '!!' })).toEqual(['surname']);
	expect(errorsOf({ address: 'x'.repeat(201) })).toEqual(['address']);
});

test('taking somebody off and ending a check need a reason', () => {
	const id = randomUUID();
	expect(parseRemove(form({ linked: id, reason: 'cleared' }))).toEqual({
		...{ ok: true, value: { id, reason: 'cleared' } }
	});
	const empty = parseResolve(new FormData());
	expect(empty.ok ? [] : empty.error.errors.map((error) => error.field)).toEqual([
		...['check', 'outcome', 'note']
	]);
	const end = parseResolve(form({ check: id, outcome: 'known', note: 'her brother' }));
	expect(end).toMatchObject({ value: { id, outcome: 'known', note: 'her brother' } });
});
