export const payoutsRoutes = [] as const;
