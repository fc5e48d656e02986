import { defineConfig, devices } from '@playwright/test';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 900 } };
// The main journey at both widths, the others at the width their people use; all with and without JavaScript.
const main = /main\.spec\.ts/;
// Where there is no JavaScript nothing comes alive.
const alive = /early\.spec\.ts/;
// What no browser would send: once, without one.
const http = /http\/.*\.spec\.ts/;

/** Journeys of people through the real thing; `node scripts/journeys.ts` starts it and runs these. */
export default defineConfig({
	testDir: 'tests/journeys',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 1,
	retries: 0,
	// A busy machine is slow and not wrong; only a journey that hangs must end.
	timeout: 240_000,
	reporter: 'line',
	use: {
		...devices['Desktop Chrome'],
		baseURL: process.env.BASE_URL ?? 'http://localhost:3000',
		locale: 'en-GB',
		timezoneId: 'Europe/London',
		launchOptions: {
			executablePath: '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	projects: [
		{ name: 'http', testMatch: http },
		{ name: 'phone', testIgnore: http, use: phone },
		{ name: 'phone-no-js', testIgnore: [http, alive], use: { ...phone, javaScriptEnabled: false } },
		{ name: 'desktop', testMatch: main, use: desktop },
		{ name: 'desktop-no-js', testMatch: main, use: { ...desktop, javaScriptEnabled: false } }
	]
});
