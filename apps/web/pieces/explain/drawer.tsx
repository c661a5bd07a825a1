import { Drawer } from 'antd';
import type { ReactElement } from 'react';

/** Explains what `of` names. */
export function ExplainDrawer({ of }: { readonly of: string }): ReactElement {
  return <Drawer open>{of}</Drawer>;
}
