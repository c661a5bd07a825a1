/** What a file is, by its content; names and declared types are not believed. */
export type EvidenceType =
  | 'application/pdf'
  | 'image/png'
  | 'image/jpeg'
  | 'image/gif'
  | 'image/webp'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  | 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
  | 'application/x-ole-storage';

const OFFICE_PARTS = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
] as const;

/** Undefined for anything but PDF, images and office documents without macros. */
export function evidenceTypeOf(bytes: Uint8Array): EvidenceType | undefined {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(content, '255044462d')) return 'application/pdf';
  if (startsWith(content, '89504e470d0a1a0a')) return 'image/png';
  if (startsWith(content, 'ffd8ff')) return 'image/jpeg';
  if (startsWith(content, '474946383761') || startsWith(content, '474946383961')) return 'image/gif';
  if (startsWith(content, '52494646') && content.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp';
  if (startsWith(content, 'd0cf11e0a1b11ae1')) return 'application/x-ole-storage';
  if (startsWith(content, '504b0304')) return officeTypeOf(content);
  return undefined;
}

function startsWith(content: Buffer, hex: string): boolean {
  return content.subarray(0, hex.length / 2).equals(Buffer.from(hex, 'hex'));
}

/** An Office Open XML package names its parts in the ZIP's headers, which are not compressed. */
function officeTypeOf(content: Buffer): EvidenceType | undefined {
  if (!content.includes('[Content_Types].xml') || content.includes('vbaProject.bin')) return undefined;
  return OFFICE_PARTS.find(([part]) => content.includes(part))?.[1];
}
