import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// Each zone says what must not be imported there, and why. A later `rules` entry replaces an
// earlier one of the same name, so every zone lists all that holds in it.
const forbidden = {
	database: {
		group: ['kysely', 'kysely/*', 'pg', 'graphile-worker'],
		message: 'Ask a service: only src/lib/server speaks to the database.'
	},
	queries: {
		regex: '^#lib/server/.*queries\\.ts$',
		message: 'A page asks a service, which asks whether it may.'
	},
	server: { regex: '^#lib/server/', message: 'This does not run on the server, or not only.' },
	framework: {
		regex: '^(svelte|@sveltejs/.*|\\$app/.*|\\$env/.*)$|\\.svelte$',
		message: 'Scripts and the worker reach this; it must run without the framework.'
	},
	environment: {
		regex: '^\\$env/',
		message: 'src/lib/server/config.ts reads the settings, once.'
	},
	io: {
		regex:
			'^(node:.*|kysely.*|pg|lucia|nodemailer|graphile-worker|zod|jose|i18next|svelte|@sveltejs/.*|\\$app/.*|\\$env/.*)$|\\.svelte$',
		message: 'Pure code: values in, values out.'
	},
	beyondDomain: {
		regex: '^#lib/(?!domain/)',
		message: 'The domain knows nothing but itself.'
	},
	beyondForms: {
		regex: '^#lib/(?!domain/|forms/)',
		message: 'A form knows the domain and nothing else.'
	},
	texts: { regex: '/locales/', message: 'Texts come through t.' },
	sessions: { group: ['lucia'], message: 'Only src/lib/server/auth/lucia.ts and adapter.ts.' },
	migrator: { group: ['kysely/migration'], message: 'Only src/lib/server/db/migrate.ts.' },
	mailer: { group: ['nodemailer'], message: 'Only src/lib/server/notice/transport.ts.' },
	singleSignOn: {
		group: ['openid-client'],
		message: 'Only src/lib/server/provider/client.ts.'
	},
	upwards: {
		regex: '^\\.\\./(?!(\\.\\./)*styles/)',
		message: 'Write #lib/…: the zones are told by the address of an import.'
	},
	oldStores: { group: ['$app/stores', 'svelte/store'], message: 'Use runes and $app/state.' }
};

/** Makes the rule for a zone out of the names of what is forbidden in it. */
function without(...names) {
	return {
		'no-restricted-imports': ['error', { patterns: names.map((name) => forbidden[name]) }]
	};
}

const everywhere = ['sessions', 'migrator', 'mailer', 'singleSignOn', 'upwards', 'oldStores'];
const impure = [
	{ object: 'Date', property: 'now', message: 'The instant is passed in.' },
	{ object: 'Math', property: 'random', message: 'Chance is passed in.' }
];
const dynamicImport = { selector: 'ImportExpression', message: 'Import it at the top.' };
const snapshot = {
	selector: 'ExportNamedDeclaration VariableDeclarator[id.name="snapshot"]',
	message: 'A snapshot keeps what people typed in the browser, after they have left.'
};
const emptyDate = {
	selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
	message: 'The instant is passed in.'
};

export default defineConfig(
	{ linterOptions: { noInlineConfig: true } },
	{ ignores: ['.svelte-kit/', 'build/', '.data/', 'test-results/', 'coverage/'] },
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			'max-lines': ['error', 250],
			'no-undef': 'off',
			'no-console': 'error',
			eqeqeq: 'error',
			'no-restricted-syntax': ['error', snapshot],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-invalid-void-type': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// Addresses are ours alone and have no base path; a mustache may hold a space.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-useless-mustaches': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-inline-styles': ['error', { allowTransitions: false }],
			'svelte/require-each-key': 'error',
			'svelte/no-target-blank': 'error'
		}
	},
	{ files: ['scripts/**', 'tests/**', '*.js', '*.ts'], rules: { 'no-console': 'off' } },
	// SQL of one purpose is easier to review in one piece.
	{ files: ['migrations/**'], rules: { 'max-lines': ['error', 320] } },

	{ files: ['src/**'], rules: without(...everywhere) },
	{
		files: ['src/lib/server/**'],
		ignores: ['src/lib/server/http/**'],
		rules: without(...everywhere, 'framework')
	},
	{ files: ['src/lib/server/http/**'], rules: without(...everywhere, 'environment') },
	{
		files: ['src/lib/i18n/**'],
		rules: without(...everywhere, 'database', 'server')
	},
	{
		files: ['src/lib/components/**'],
		rules: without(...everywhere, 'database', 'server', 'texts')
	},
	{
		files: ['src/routes/**'],
		rules: without(...everywhere, 'database', 'queries', 'environment', 'texts')
	},
	{
		files: ['src/routes/**/*.svelte'],
		rules: without(...everywhere, 'database', 'server', 'texts')
	},
	{
		files: ['src/lib/domain/**', 'src/lib/forms/**'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-properties': ['error', ...impure],
			'no-restricted-syntax': ['error', snapshot, emptyDate, dynamicImport],
			'no-restricted-globals': ['error', 'process', 'crypto', 'fetch', 'window', 'document']
		}
	},
	{
		files: ['src/lib/domain/**'],
		ignores: ['**/*.test.ts'],
		rules: without(...everywhere, 'io', 'beyondDomain')
	},
	{
		files: ['src/lib/forms/**'],
		ignores: ['**/*.test.ts'],
		rules: without(...everywhere, 'io', 'beyondForms')
	},
	{
		files: ['migrations/**'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: '^(?!kysely$)', message: 'A migration is frozen: only kysely.' }] }
			]
		}
	},

	// The one importer of each.
	{
		files: ['src/lib/server/auth/lucia.ts', 'src/lib/server/auth/adapter.ts'],
		rules: without('migrator', 'mailer', 'singleSignOn', 'upwards', 'framework')
	},
	{
		files: ['src/lib/server/db/migrate.ts'],
		rules: without('sessions', 'mailer', 'singleSignOn', 'upwards', 'framework')
	},
	{
		files: ['src/lib/server/notice/transport.ts'],
		rules: without('sessions', 'migrator', 'singleSignOn', 'upwards', 'framework')
	},
	{
		files: ['src/lib/server/provider/client.ts'],
		rules: without('sessions', 'migrator', 'mailer', 'upwards', 'framework')
	},
	{ files: ['src/**/*.test.ts'], rules: without('upwards', 'oldStores') }
);
