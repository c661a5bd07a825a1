export const schemesRoutes = [] as const;
