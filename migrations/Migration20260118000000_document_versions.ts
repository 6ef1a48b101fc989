import { Migration } from '@mikro-orm/migrations';

/** Which version of a Terraform state an uploaded document is, so that an older one does not replace a newer one. */
export class Migration20260118000000_document_versions extends Migration {
  override up(): void {
    this.addSql(
      'alter table "iac_documents" add column "lineage" text null, add column "serial" bigint null',
    );
  }

  override down(): void {
    this.addSql('alter table "iac_documents" drop column "lineage", drop column "serial"');
  }
}
