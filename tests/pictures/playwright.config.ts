import { defineConfig } from '@playwright/test';
import journeys from '../../playwright.config.ts';

/** Takes the pictures of the README: `npm run screenshots`. */
export default defineConfig({
	...journeys,
	testDir: '.',
	projects: [{ name: 'pictures' }]
});
