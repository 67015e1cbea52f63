export const clocksAdmin = {} as const;
export const healthAdmin = {} as const;
export const siteAdmin = {} as const;
