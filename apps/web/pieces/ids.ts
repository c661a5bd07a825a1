const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether it has the form of an id of ours; whether it names anything the API knows. */
export function isUuid(text: string | undefined): text is string {
  return text !== undefined && UUID.test(text);
}

/** `<cycle>.<person>` */
export function isAppraisalId(text: string | undefined): text is string {
  const parts = text?.split('.') ?? [];
  return parts.length === 2 && parts.every(isUuid);
}
