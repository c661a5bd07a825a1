import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark, type MarkKind } from '../../pieces/mark';
import type { BoardVersion } from './queries';

const KINDS: Readonly<Record<BoardVersion['status'], MarkKind>> = {
  draft: 'plain',
  'in-discussion': 'run',
  discussed: 'run',
  approved: 'run',
  'in-force': 'good',
  superseded: 'plain',
  retired: 'bad',
};

export function StatusMark({ status }: { readonly status: BoardVersion['status'] }): ReactElement {
  const { t } = useTranslation('schemes');
  return <Mark kind={KINDS[status]}>{t(`status.${status}`)}</Mark>;
}
