import { Migration } from '@mikro-orm/migrations';

/** Who most likely made a change. */
export class Migration20260110000000_attribution extends Migration {
  override up(): void {
    this.addSql('alter table "drift_events" add column "attribution" jsonb null');
    this.addSql('alter table "drift_changes" add column "attribution" jsonb null');
  }

  override down(): void {
    this.addSql('alter table "drift_changes" drop column "attribution"');
    this.addSql('alter table "drift_events" drop column "attribution"');
  }
}
