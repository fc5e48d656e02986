import { expect, test } from 'vitest';
import { filesUnder, textOf } from './files.ts';

const sources = filesUnder('src', '.ts').filter((file) => !file.endsWith('.test.ts'));
const naming = (word: RegExp): string[] => sources.filter((file) => word.test(textOf(file))).sort();

test('whatever goes out asks the safety plan, by the one function that knows it', () => {
	expect(naming(/from 'nodemailer'/)).toEqual(['src/lib/server/notice/transport.ts']);
	const senders = naming(/transport\.send\(/);
	expect(senders).toEqual(['src/lib/server/notice/send-code.ts', 'src/lib/server/notice/send.ts']);
	expect(senders.filter((file) => !/\b(mayMail|victimRoute)\(/.test(textOf(file)))).toEqual([]);
	expect(textOf('src/lib/domain/notice/route.ts')).toContain('mayMail(facts.mail, facts.plan');
});

test('whether to ring is said in one place, and a stored plan is opened in one', () => {
	expect(naming(/\bcontactOk\(/)).toEqual([
		'src/lib/domain/contact/may-reach.ts',
		'src/lib/domain/contact/safety-plan.ts'
	]);
	expect(naming(/open<(Partial<)?SafetyRules/)).toEqual(['src/lib/server/safety/opened.ts']);
});
