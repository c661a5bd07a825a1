export const appeal = 1;
