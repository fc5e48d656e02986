import common from './locales/en/common.json' with { type: 'json' };

/** The emergency words in English, to stand beside another language's. */
export const englishEmergency = common.emergency;
