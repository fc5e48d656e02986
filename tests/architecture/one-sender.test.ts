import { expect, test } from 'vitest';
import { filesUnder, textOf } from './files.ts';

const sources = filesUnder('src', '.ts').filter((file) => !file.endsWith('.test.ts'));
const naming = (word: RegExp): string[] => sources.filter((file) => word.test(textOf(file))).sort();

test('whatever goes out goes through one sender, which asks the safety plan', () => {
	expect(naming(/notice\/transport\.ts/)).toEqual(['src/lib/server/notice/send.ts']);
	expect(naming(/from 'nodemailer'/)).toEqual(['src/lib/server/notice/transport.ts']);
	expect(textOf('src/lib/server/notice/send.ts')).toContain('victimRoute(');
	expect(naming(/\bmayMail\(/)).toEqual([
		'src/lib/domain/contact/may-reach.ts',
		'src/lib/domain/notice/route.ts'
	]);
});

test('whether to ring is said in one place, and a stored plan is opened in one', () => {
	expect(naming(/\bcontactOk\(/)).toEqual([
		'src/lib/domain/contact/may-reach.ts',
		'src/lib/domain/contact/safety-plan.ts'
	]);
	expect(naming(/open<(Partial<)?SafetyRules/)).toEqual(['src/lib/server/safety/opened.ts']);
});
