/** What a thing means for the person who looks: colour never says it alone, an icon and a word stand with it. */
export type Tone = 'neutral' | 'information' | 'success' | 'warning' | 'danger' | 'unknown';
