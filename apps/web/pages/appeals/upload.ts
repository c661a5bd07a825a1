import { ProblemError, problemOf } from '../../api/problem';

/** As the API bounds it. */
export const EVIDENCE_LIMITS = { bytes: 10 * 1024 * 1024, files: 20 } as const;
export const EVIDENCE_ACCEPTED = '.pdf,.png,.jpg,.jpeg,.gif,.webp,.docx,.xlsx,.pptx,.doc,.xls,.ppt';

export interface StoredFile {
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string;
}

/** Sends one file of evidence and says how far it is, 0 to 1; `fetch` can't tell that. Thrown: ProblemError. */
export function uploadEvidence(file: File, onProgress: (share: number) => void): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/appeals/evidence');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(ProblemError.unreachable(new Error('no answer')));
    request.onload = () => {
      if (request.status === 201 || request.status === 200) {
        const stored: unknown = JSON.parse(request.responseText);
        if (isStored(stored)) resolve({ ...stored, name: file.name });
        else reject(ProblemError.empty());
        return;
      }
      const type = request.getResponseHeader('content-type') ?? '';
      const answer = new Response(request.responseText, {
        status: request.status,
        statusText: request.statusText,
        headers: { 'content-type': type },
      });
      problemOf(answer).then(reject, reject);
    };
    request.send(file);
  });
}

function isStored(body: unknown): body is Omit<StoredFile, 'name'> {
  return typeof body === 'object' && body !== null && 'hash' in body && 'bytes' in body && 'mediaType' in body;
}

/** For people: 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
