export const leaderboardRoutes = [] as const;
export const tvRoutes = [] as const;
