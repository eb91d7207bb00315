import { addAlarmRule, alarmRules, changeAlarmRule, deleteAlarmRule, type AlarmRule } from '../api/alarms';
import { rules as readRules } from '../api/calls';
import { ApiProblem } from '../api/http';
import type { RuleEntry } from '../api/types';
import { words } from '../i18n';
import { adminWords } from '../i18n/admin';
import { alarmWords } from '../i18n/alarms';
import { button, emptyNotice, failedNotice, loadingNotice, type Reading } from '../registers/notices';
import { isGone, isUncertain, whyInWords } from '../registers/problems';
import { h } from '../screen/dom';
import { AlarmRuleForm } from './alarmRuleForm';
import { tellFailure } from './form';
import { scopeInWords } from './scopeInput';
import { momentOrNever, stateChip, table } from './table';
import type { Office, View } from './view';

/** What raises an alarm on the walls: a list, and one form at a time. */
export class AlarmRulesView implements View {
  readonly element = h('div', { class: 'list alarm-rules' });
  private rules: Reading<AlarmRule[]> = { state: 'reading' };
  private ofThePlan: RuleEntry[] = [];
  private form: AlarmRuleForm | null = null;
  private readonly head = h('div', { class: 'list-head' });
  private readonly notices = h('div', { class: 'notices' });
  private readonly place = h('div');
  private readonly body = h('div');
  private busy = false;

  constructor(private readonly office: Office) {
    this.element.append(this.head, this.notices, this.place, this.body);
    void this.read();
    readRules().then((all) => { this.ofThePlan = all; this.form?.render(all); }, () => {}); // without them no article can be chosen, and all can
  }

  get title(): string {
    return alarmWords().rulesTab;
  }

  holdsUnsaved(): boolean {
    return this.form?.isChanged === true;
  }

  render(): void {
    const w = alarmWords();
    this.head.replaceChildren(
      h('div', { class: 'headline' }, h('h1', {}, this.title), button(w.add, () => this.open(null), { class: 'button primary', 'data-act': 'add' })), h('p', { class: 'intro' }, w.rulesIntro));
    this.form?.render(this.ofThePlan);
    this.renderBody();
  }

  private renderBody(): void {
    const w = alarmWords();
    const { rules: all } = this;
    if (all.state === 'failed') this.body.replaceChildren(failedNotice(all.why, () => void this.read()));
    else if (all.state === 'reading') this.body.replaceChildren(loadingNotice());
    else if (all.value.length === 0) this.body.replaceChildren(emptyNotice(w.rulesEmpty, ''));
    else this.body.replaceChildren(table(this.title, [
      { title: w.ruleName, cell: (r) => [r.name], class: 'wrap' },
      { title: w.severities, cell: (r) => [r.severities.map((s) => words().severity[s]).join('、')] },
      { title: w.articles, cell: (r) => [r.articles === null ? w.allArticles : r.articles.map((n) => words().article(n)).join('、')], class: 'wrap' },
      { title: w.counties, cell: (r) => [scopeInWords(this.office, r.counties)], class: 'wrap' },
      { title: w.sounds, cell: (r) => [r.sounds ? w.yes : w.no] },
      { title: w.enabled, cell: (r) => [r.enabled ? stateChip('good', w.on) : stateChip('plain', w.off)] },
      { title: w.changed, cell: (r) => [momentOrNever(r.changedAt), h('small', { class: 'quiet' }, ` ${r.changedBy}`)], class: 'time' },
      { title: '', cell: (r) => [button(w.edit, () => this.open(r), { class: 'button small', 'data-act': 'edit' }), button(w.remove, () => void this.remove(r), { class: 'button small grave', 'data-act': 'remove' })], class: 'tools-cell' },
    ], all.value, (r) => ({ 'data-rule': r.name })));
  }

  private open(rule: AlarmRule | null): void {
    this.notices.replaceChildren();
    this.form = new AlarmRuleForm(this.office, rule, { submit: () => void this.save(), cancel: () => this.close() });
    this.form.render(this.ofThePlan);
    this.place.replaceChildren(this.form.element);
    this.form.focus();
  }

  private close(): void {
    this.form = null;
    this.place.replaceChildren();
    this.head.querySelector<HTMLElement>('[data-act=add]')?.focus();
  }

  private async save(): Promise<void> {
    const { form } = this;
    if (form === null || this.busy || !form.check()) return;
    this.busy = true;
    this.notices.replaceChildren();
    try {
      await (form.rule === null ? addAlarmRule(form.draft) : changeAlarmRule(form.rule, form.draft));
      this.office.say(alarmWords().saved);
      this.close();
    } catch (error) {
      if (!this.isOvertaken(error)) tellFailure(form.element, this.notices, error);
    }
    this.busy = false;
    await this.read();
  }

  private async remove(rule: AlarmRule): Promise<void> {
    const [w, admin] = [alarmWords(), adminWords()];
    if (!(await this.office.ask({ title: w.remove, body: [w.removeAsk(rule.name)], yes: w.remove, no: admin.cancel, grave: true }))) return;
    this.notices.replaceChildren();
    try {
      await deleteAlarmRule(rule);
      this.office.say(w.removed);
      if (this.form?.rule?.id === rule.id) this.close();
    } catch (error) {
      if (!this.isOvertaken(error)) this.notices.replaceChildren(h('p', { class: 'notice bad', role: 'alert' }, isUncertain(error) ? admin.uncertain : whyInWords(error)));
    }
    await this.read();
  }

  /** Somebody else was first: what is there now is shown, and decided upon again. */
  private isOvertaken(error: unknown): boolean {
    if (!isGone(error) && !(error instanceof ApiProblem && error.status === 409 && error.more['stored'] !== undefined)) return false;
    this.close();
    this.notices.replaceChildren(h('p', { class: 'notice warn', role: 'alert' }, alarmWords().overtaken));
    return true;
  }

  private async read(): Promise<void> {
    try {
      this.rules = { state: 'read', value: await alarmRules() };
    } catch (error) {
      this.rules = { state: 'failed', why: whyInWords(error) };
    }
    this.renderBody();
  }
}
