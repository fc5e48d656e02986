import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint();

async function broken(filePath: string, code: string): Promise<(string | null)[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return result?.messages.map((message) => message.ruleId) ?? [];
}

const use = (from: string, name = 'thing'): string =>
	`import { ${name} } from '${from}';\nexport const used = ${name};\n`;
const inSvelte = (code: string): string => `<script lang="ts">\n${code}</script>\n`;

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

const planted: [what: string, file: string, code: string, rule: string][] = [
	['the domain reaches the database', 'src/lib/domain/need/x.ts', use('kysely', 'sql'), imports],
	['the domain reads a file', 'src/lib/domain/need/x.ts', use('node:fs', 'readFileSync'), imports],
	['the domain reaches a service', 'src/lib/domain/need/x.ts', use('#lib/server/log.ts'), imports],
	['the domain reaches a form', 'src/lib/domain/need/x.ts', use('#lib/forms/form.ts'), imports],
	[
		'the domain looks at the clock',
		'src/lib/domain/need/x.ts',
		'export const x = Date.now();\n',
		'no-restricted-properties'
	],
	[
		'the domain makes a date of now',
		'src/lib/domain/need/x.ts',
		'export const x = new Date();\n',
		syntax
	],
	[
		'the domain throws dice',
		'src/lib/domain/need/x.ts',
		'export const x = Math.random();\n',
		'no-restricted-properties'
	],
	[
		'the domain imports at run time',
		'src/lib/domain/need/x.ts',
		"export const x = import('pg');\n",
		syntax
	],
	['a form reaches a service', 'src/lib/forms/x.ts', use('#lib/server/errors.ts'), imports],
	['a form reaches the framework', 'src/lib/forms/x.ts', use('@sveltejs/kit', 'fail'), imports],
	[
		'a page builds a query',
		'src/routes/(victim)/home/+page.server.ts',
		use('kysely', 'sql'),
		imports
	],
	[
		'a page opens a connection',
		'src/routes/(victim)/home/+page.server.ts',
		use('pg', 'Pool'),
		imports
	],
	[
		'a page passes its service by',
		'src/routes/(victim)/home/+page.server.ts',
		use('#lib/server/needs/queries.ts'),
		imports
	],
	[
		'a page reads the settings',
		'src/routes/(victim)/home/+page.server.ts',
		use('$env/dynamic/private', 'env'),
		imports
	],
	[
		'a shown page reaches the server',
		'src/routes/(victim)/home/+page.svelte',
		inSvelte(use('#lib/server/log.ts')),
		imports
	],
	[
		'a component reaches the server',
		'src/lib/components/X.svelte',
		inSvelte(use('#lib/server/log.ts')),
		imports
	],
	[
		'a component takes words from a file',
		'src/lib/components/X.svelte',
		inSvelte(use('#lib/i18n/locales/en/common.json', 'back')),
		imports
	],
	[
		'a service reaches the framework',
		'src/lib/server/needs/x.ts',
		use('$app/environment', 'browser'),
		imports
	],
	[
		'a service reaches a component',
		'src/lib/server/needs/x.ts',
		use('#lib/components/Tag.svelte'),
		imports
	],
	['another file imports lucia', 'src/lib/server/auth/sessions.ts', use('lucia', 'Lucia'), imports],
	[
		'another file imports the migrator',
		'src/lib/server/db/connect.ts',
		use('kysely/migration', 'Migrator'),
		imports
	],
	[
		'another file sends mail',
		'src/lib/server/needs/x.ts',
		use('nodemailer', 'createTransport'),
		imports
	],
	[
		'another file speaks OpenID Connect',
		'src/lib/server/needs/x.ts',
		use('openid-client', 'discovery'),
		imports
	],
	[
		'a migration uses our code',
		'migrations/2027-01-01T0000-x.ts',
		use('#lib/domain/result.ts', 'ok'),
		imports
	],
	['a file looks upwards', 'src/lib/server/needs/x.ts', use('../log.ts', 'log'), imports],
	[
		'a page looks upwards',
		'src/routes/(victim)/home/+page.server.ts',
		use('../../hooks.ts'),
		imports
	],
	[
		'a page keeps what was typed',
		'src/routes/(victim)/me/+page.svelte',
		inSvelte('export const snapshot = {};\n'),
		syntax
	],
	[
		'a component shows raw markup',
		'src/lib/components/X.svelte',
		"<p>{@html '<b>x</b>'}</p>\n",
		'svelte/no-at-html-tags'
	],
	[
		'a component has a style attribute',
		'src/lib/components/X.svelte',
		'<p style="color: red">x</p>\n',
		'svelte/no-inline-styles'
	],
	[
		'the application writes to the console',
		'src/lib/server/needs/x.ts',
		"console.log('x');\n",
		'no-console'
	],
	['a file is too long', 'src/lib/server/needs/x.ts', 'export {};\n'.repeat(251), 'max-lines'],
	[
		'a rule is switched off in passing',
		'src/lib/server/needs/x.ts',
		"/* eslint-disable no-console */\nconsole.log('x');\n",
		'no-console'
	]
];

describe('the linter reports that', () => {
	test.each(planted)('%s', async (_what, file, code, rule) => {
		expect(await broken(file, code)).toContain(rule);
	});
});

const allowed: [what: string, file: string, code: string][] = [
	['a form asks the domain', 'src/lib/forms/x.ts', use('#lib/domain/result.ts', 'ok')],
	['queries ask the database', 'src/lib/server/needs/queries.ts', use('kysely', 'sql')],
	['the adapter speaks lucia', 'src/lib/server/auth/lucia.ts', use('lucia', 'Lucia')],
	[
		'one file runs the migrations',
		'src/lib/server/db/migrate.ts',
		use('kysely/migration', 'Migrator')
	],
	[
		'one file sends mail',
		'src/lib/server/notice/transport.ts',
		use('nodemailer', 'createTransport')
	],
	[
		'one file speaks OpenID Connect',
		'src/lib/server/provider/client.ts',
		use('openid-client', 'discovery')
	],
	[
		'a page asks a service',
		'src/routes/(victim)/home/+page.server.ts',
		use('#lib/server/needs/service.ts')
	],
	['a page uses its own types', 'src/routes/(victim)/home/+page.server.ts', use('./$types')],
	[
		'the outermost page takes the style sheet',
		'src/routes/+layout.svelte',
		inSvelte("import '../styles/waymark.scss';\n")
	],
	['a migration uses kysely', 'migrations/2027-01-01T0000-x.ts', use('kysely', 'sql')],
	['the domain takes an instant', 'src/lib/domain/need/x.ts', 'export const at = new Date(0);\n']
];

describe('the linter allows that', () => {
	test.each(allowed)('%s', async (_what, file, code) => {
		expect(await broken(file, code)).toEqual([]);
	});
});
