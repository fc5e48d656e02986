import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The framework's announcer of page changes carries a style attribute, which our policy refuses.
 * It is taken out here, and the style sheet hides the element instead (`_base.scss`).
 */
const withoutInlineStyle: Plugin = {
	name: 'waymark:announcer-without-inline-style',
	enforce: 'pre',
	transform(code, id) {
		if (!id.endsWith('/generated/root.svelte')) return null;
		return code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1');
	}
};

export default defineConfig({
	plugins: [withoutInlineStyle, sveltekit()],
	css: {
		// govuk-frontend's media-query hack stops the minifier unless it may recover (docs/adr/0013).
		lightningcss: { errorRecovery: true },
		preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['.', 'node_modules'] } }
	},
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: [
						'src/**/*.test.ts',
						'tests/architecture/**/*.test.ts',
						'tests/components/**/*.test.ts',
						'scripts/**/*.test.ts'
					],
					// How long something takes is no business of a test; a busy machine only takes longer.
					testTimeout: 30_000
				}
			},
			{
				extends: true,
				test: {
					name: 'integration',
					environment: 'node',
					include: ['tests/integration/**/*.test.ts'],
					globalSetup: ['tests/support/global-setup.ts'],
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			}
		]
	}
});
