import { language } from './index';

const zh = {
  findings: '巡查发现与群众举报',
  findingsIntro: '巡查与群众报来的问题：核实、整改或判定不成立后，违规随之开立或办结。',
  zones: '管控区域',
  zonesIntro: '生效的区域决定条款是否适用。供热半径由电厂推算，不在此发布。',
  kind: '类型', state: '状态', source: '来源', foundAt: '发现时间', county: '县（市、区）', allKinds: '全部类型', allStates: '全部状态',
  at: '生效于', inForce: '当日生效', drafts: '草案', retired: '已废止', all: '全部版本', document: '文号', effective: '有效期', area: '面积', untilFurther: '长期', derived: '由电厂推算',
  none: '没有符合条件的记录。', position: '位置', accuracy: '定位精度', text: '情况', photos: '照片', noPhotos: '没有照片', photo: (n: number) => `照片 ${n}`,
  onMap: '在大屏地图上查看', more: '下一页', first: '回到首页', back: '返回列表', versions: '版本', version: (n: number) => `第 ${n} 版`, by: '操作人', authority: '发布机关', note: '备注', counties: '涉及县（市、区）',
  steps: { confirm: '核实属实', rectify: '已整改', dismiss: '不成立' }, stepTitle: '处理', settled: '此记录已有结论，不再更改。', reason: '理由', reasonOr: '理由或整改照片至少一项', addPhotos: '照片（可多选）', submit: '提交', done: '已提交',
  stepsDone: '处理记录', stepAt: (what: string, at: string) => `${what} · ${at}`,
  conflict: '他人已先处理此记录，两边如下；您的内容未丢失。', stored: '已存的', mine: '我的', again: '按最新版本再提交', keep: '保留已存的',
  publish: '发布', retire: '废止', from: '生效日期', to: '失效日期（可不填）', lastDay: '最后有效日（不填则自今日起废止）', publishReason: '理由（补发过去日期时必填）', missing: '请填写文号与生效日期',
  effect: (judged: number, opened: number, closed: number) => `已生效：重新判定 ${judged} 个对象，新增违规 ${opened}，办结 ${closed}`,
  zoneConflict: '他人刚更改了此区域，已显示最新内容；请核对后再提交。', onlyByImport: '绘制与修改边界将在规划页提供；现可导入 GeoJSON。', failed: (why: string) => `未能提交：${why}。填写的内容仍在，可重试。`,
  confirmPublish: (name: string) => `发布“${name}”？发布后立即重新判定受影响的对象，版本不可再改。`, confirmRetire: (name: string) => `废止“${name}”？由其产生的违规将随之办结。`, cancel: '取消',
};

const en: typeof zh = {
  findings: 'Findings of patrols and the public',
  findingsIntro: 'What patrols and the public reported. Confirmed, rectified or dismissed, the violation opens or closes with it.',
  zones: 'Zones',
  zonesIntro: 'Zones in force decide whether an article applies. Heat radii follow from the plants and are not published here.',
  kind: 'Kind', state: 'State', source: 'Filed by', foundAt: 'Found at', county: 'County', allKinds: 'All kinds', allStates: 'All states',
  at: 'In force on', inForce: 'In force that day', drafts: 'Drafts', retired: 'Retired', all: 'All versions', document: 'Document', effective: 'Effective', area: 'Area', untilFurther: 'until further notice', derived: 'from the plant',
  none: 'Nothing matches.', position: 'Position', accuracy: 'Accuracy', text: 'Report', photos: 'Photos', noPhotos: 'No photos', photo: (n) => `Photo ${n}`,
  onMap: 'Show on the wall map', more: 'Next page', first: 'First page', back: 'Back to the list', versions: 'Versions', version: (n) => `Version ${n}`, by: 'By', authority: 'Authority', note: 'Note', counties: 'Counties',
  steps: { confirm: 'Confirm', rectify: 'Rectified', dismiss: 'Dismiss' }, stepTitle: 'Decide', settled: 'This record is settled.', reason: 'Reason', reasonOr: 'A reason or a photo is needed', addPhotos: 'Photos (several possible)', submit: 'Submit', done: 'Submitted',
  stepsDone: 'What was done', stepAt: (what, at) => `${what} · ${at}`,
  conflict: 'Somebody decided on this record before you. Both sides follow; nothing of yours is lost.', stored: 'Stored', mine: 'Mine', again: 'Submit again onto the latest version', keep: 'Keep what is stored',
  publish: 'Publish', retire: 'Retire', from: 'Effective from', to: 'Effective to (optional)', lastDay: 'Last day (empty: retired from today on)', publishReason: 'Reason (needed for a date in the past)', missing: 'Document number and first day are needed',
  effect: (judged, opened, closed) => `In effect: ${judged} subjects judged again, ${opened} violations opened, ${closed} closed`,
  zoneConflict: 'Somebody changed this zone just now. The latest is shown; check it and submit again.', onlyByImport: 'Drawing comes with the planner; GeoJSON can be imported now.', failed: (why) => `Not submitted: ${why}. What you typed is still here.`,
  confirmPublish: (name) => `Publish “${name}”? All that it affects is judged again at once, and the version can no longer be changed.`, confirmRetire: (name) => `Retire “${name}”? The violations that it caused close with it.`, cancel: 'Cancel',
};

/** The words of the pages of findings and zones, in the language in use. */
export const recordWords = (): typeof zh => (language() === 'zh' ? zh : en);
