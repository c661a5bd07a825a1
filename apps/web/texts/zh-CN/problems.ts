/** By code of the problem: what happened, and what to do. `status` is used for codes without words of their own. */
export const texts = {
  code: {
    'web.unreachable': '连不上服务器。',
    'web.empty-answer': '服务器没有返回内容。',
    'http.invalid-input': '有内容填写不对。',
    'http.too-many-requests': '操作太频繁。',
    'http.internal-error': '服务器出错了。',
    'http.unavailable': '服务暂时不可用。',
    'http.body-too-large': '文件或内容太大。',
    'identity.wrong-login-or-password': '账号或密码不对。',
    'identity.locked': '多次输错，账号已暂时锁定。',
    'identity.not-signed-in': '尚未登录或登录已失效。',
    'identity.not-allowed': '你的角色不能这样做。',
    'event-store.version-conflict': '内容刚刚被他人更改。',
  },
  todo: {
    'web.unreachable': '检查网络后重试；未发出的内容仍在页面上。',
    'http.invalid-input': '按下面的提示修改后再提交。',
    'http.too-many-requests': '稍等一分钟再试。',
    'identity.locked': '几分钟后再试，或请管理员重置。',
    'identity.not-allowed': '需要权限请联系管理员。',
    'event-store.version-conflict': '刷新后查看最新内容，再决定是否重做。',
  },
  status: {
    retry: '稍后重试；如仍出错，把代码和请求号告诉管理员。',
    fix: '修改后再提交。',
    state: '情况已经变化，刷新后查看现状。',
    missing: '可能已被删除，或你没有权限查看。',
  },
} as const;
