export function RedoPage() { return null; }
