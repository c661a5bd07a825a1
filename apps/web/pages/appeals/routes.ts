export const appealsRoutes = [] as const;
