export const cyclesRoutes = [] as const;
