set names 'utf8';

create table "operators" ("id" uuid not null, "name" varchar(60) not null, "created_at" timestamptz not null default now(), "disabled_at" timestamptz null, "token_hash" varchar(64) not null, "last_step" int not null default 0, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("id"));
alter table "operators" add constraint "operators_name" unique ("name");
alter table "operators" add constraint "operators_token_hash" unique ("token_hash");

create table "operator_events" ("id" uuid not null, "created_at" timestamptz not null default now(), "operator" varchar(60) not null, "action" varchar(100) not null, "subject" varchar(255) null, "organization_id" uuid null, "result" varchar(20) not null, "code" varchar(100) null, "ip" inet null, "correlation_id" varchar(100) not null, primary key ("id"));
create index "operator_events_newest" on "operator_events" ("created_at", "id");

create table "organizations" ("id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "name" varchar(255) not null, "slug" varchar(100) not null, "description" text not null default '', "contact_email" varchar(254) not null, "is_active" boolean not null default true, primary key ("id"));
alter table "organizations" add constraint "organizations_name_unique" unique ("name");
alter table "organizations" add constraint "organizations_slug_unique" unique ("slug");

create table "idempotency_keys" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "principal" text not null, "key" text not null, "request_hash" bytea not null, "status" int null, "location" text null, "answer" bytea null, "expires_at" timestamptz not null, primary key ("organization_id", "id"));
alter table "idempotency_keys" add constraint "idempotency_keys_organization_id_principal_key_unique" unique ("organization_id", "principal", "key");

create table "environments" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "name" text not null, "description" text not null default '', "provider" text not null, "cloud_settings" jsonb not null default '{}', "criticality" text not null default 'medium', "is_production" boolean not null default false, "is_active" boolean not null default true, "version" int not null default 1, primary key ("organization_id", "id"));
alter table "environments" add constraint "environments_organization_id_name_unique" unique ("organization_id", "name");
alter table "environments" add constraint "environments_provider_check" check ("provider" in ('aws', 'gcp', 'azure', 'kubernetes'));
alter table "environments" add constraint "environments_criticality_check" check ("criticality" in ('low', 'medium', 'high', 'critical'));

create table "iac_sources" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid not null, "name" text not null, "kind" text not null default 'auto', "location" text not null, "path" text null, "url" text null, "last_read" jsonb null, "options" jsonb not null default '{}', "version" int not null default 1, primary key ("organization_id", "id"));
alter table "iac_sources" add constraint "iac_sources_organization_id_environment_id_name_unique" unique ("organization_id", "environment_id", "name");
alter table "iac_sources" add constraint "iac_sources_kind_check" check ("kind" in ('auto', 'terraform_state', 'terraform_plan', 'cloudformation', 'kubernetes_manifests'));

create table "iac_source_credentials" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "source_id" uuid not null, "field_names" jsonb not null, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "iac_source_credentials" add constraint "iac_source_credentials_organization_id_source_id_unique" unique ("organization_id", "source_id");

create table "iac_documents" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "source_id" uuid not null, "name" text not null, "size" bigint not null, "pieces" int not null, "content_hash" text not null, "resources" int not null, "lineage" text null, "serial" bigint null, "key_version" int not null, "wrapped_key" bytea not null, primary key ("organization_id", "id"));
alter table "iac_documents" add constraint "iac_documents_organization_id_source_id_unique" unique ("organization_id", "source_id");

create table "iac_document_pieces" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "document_id" uuid not null, "position" int not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "iac_document_pieces" add constraint "iac_document_pieces_organization_id_document_id_position_unique" unique ("organization_id", "document_id", "position");

create table "iac_resources" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid not null, "source_id" uuid not null, "address" text not null, "provider" text not null, "resource_type" text not null, "resource_id" text null, "name" text null, "attributes" text not null, "content_hash" text not null, "location_file" text not null, "location_line" int null, "account_id" text null, "region" text null, "namespace" text null, primary key ("organization_id", "id"));
create index "iac_resources_organization_id_environment_id_resou_aae72_index" on "iac_resources" ("organization_id", "environment_id", "resource_type");
alter table "iac_resources" add constraint "iac_resources_organization_id_source_id_address_unique" unique ("organization_id", "source_id", "address");

create table "environment_credentials" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid not null, "field_names" jsonb not null, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "environment_credentials" add constraint "environment_credentials_organization_id_environment_id_unique" unique ("organization_id", "environment_id");

create table "drift_events" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid not null, "iac_resource_id" uuid null, "source_id" uuid null, "fingerprint" text not null, "drift_type" text not null, "status" text not null, "verdict" text not null, "provider" text not null, "resource_type" text not null, "native_type" text null, "resource_id" text null, "resource_address" text null, "account_id" text null, "region" text null, "namespace" text null, "actual_state" json null, "declared_state" json null, "differences_hash" text not null, "is_security_critical" boolean not null default false, "detected_at" timestamptz not null, "first_seen_at" timestamptz not null, "last_seen_at" timestamptz not null, "first_scan_id" uuid not null, "last_scan_id" uuid not null, "seen_count" int not null default 1, "reopened_count" int not null default 0, "resolved_at" timestamptz null, "resolution_type" text null, "resolved_by" uuid null, "resolved_by_scan_id" uuid null, "resolution_comment" text null, "severity_score" numeric(3,2) null, "confidence_score" numeric(3,2) null, "risk_assessment" jsonb not null default '{}', "tags" jsonb not null default '{}', "metadata" jsonb not null default '{}', "attribution" jsonb null, primary key ("organization_id", "id"));
create index "drift_events_organization_id_resolved_at_index" on "drift_events" ("organization_id", "resolved_at");
create index "drift_events_environment_open" on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc) where "status" <> 'resolved';
create index "drift_events_open_newest_first" on "drift_events" ("organization_id", "detected_at" desc, "id" desc) where "status" <> 'resolved';
create index "drift_events_environment_newest_first" on "drift_events" ("organization_id", "environment_id", "detected_at" desc, "id" desc);
create index "drift_events_newest_first" on "drift_events" ("organization_id", "detected_at" desc, "id" desc);
alter table "drift_events" add constraint "drift_events_organization_id_fingerprint_unique" unique ("organization_id", "fingerprint");
alter table "drift_events" add constraint "drift_events_drift_type_check" check ("drift_type" in ('modified', 'deleted', 'added', 'moved'));
alter table "drift_events" add constraint "drift_events_status_check" check ("status" in ('opened', 'persisting', 'reopened', 'resolved'));
alter table "drift_events" add constraint "drift_events_verdict_check" check ("verdict" in ('confirmed', 'potential', 'unverifiable'));
alter table "drift_events" add constraint "drift_events_resolution_type_check" check ("resolution_type" in ('auto_revert', 'codify_iac', 'accepted', 'escalated'));

create table "drift_changes" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "drift_event_id" uuid not null, "property_path" text not null, "actual_path" text not null, "declared_value" json null, "actual_value" json null, "change_type" text not null, "verdict" text not null, "is_security_critical" boolean not null default false, "rule" text null, "explanation" text not null, "security_reason" text null, "attribution" jsonb null, primary key ("organization_id", "id"));
create index "drift_changes_organization_id_drift_event_id_index" on "drift_changes" ("organization_id", "drift_event_id");
alter table "drift_changes" add constraint "drift_changes_change_type_check" check ("change_type" in ('modified', 'added', 'removed'));
alter table "drift_changes" add constraint "drift_changes_verdict_check" check ("verdict" in ('confirmed', 'potential', 'unverifiable'));

create table "deletion_requests" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid null, "requested_by" uuid null, "requested_at" timestamptz not null default now(), "execute_after" timestamptz not null, "cancelled_at" timestamptz null, "executed_at" timestamptz null, "counts" jsonb null, primary key ("organization_id", "id"));
create unique index "deletion_requests_open" on "deletion_requests" ("organization_id", coalesce("user_id", "organization_id")) where "cancelled_at" is null and "executed_at" is null;

create table "consents" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "purpose" varchar(100) not null, "version" varchar(50) not null, "is_given" boolean not null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id"));
create index "consents_user" on "consents" ("organization_id", "user_id", "created_at");

create table "audit_logs" ("organization_id" uuid not null, "id" uuid not null, "sequence" bigint not null, "actor_kind" varchar(20) not null, "user_id" uuid null, "action" varchar(100) not null, "resource_type" varchar(100) not null, "resource_id" varchar(255) null, "result" varchar(20) not null, "code" varchar(100) null, "correlation_id" varchar(100) not null, "details_digest" varchar(64) not null, "previous_hash" varchar(64) not null, "hash" varchar(64) not null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id")) partition by range ("id");
create index "audit_logs_resource" on "audit_logs" ("organization_id", "resource_type", "resource_id", "created_at");
create index "audit_logs_newest" on "audit_logs" ("organization_id", "created_at", "id");
create index "audit_logs_sequence" on "audit_logs" ("organization_id", "sequence");
create table "audit_logs_rest" partition of "audit_logs" default;

create table "audit_intents" ("organization_id" uuid not null, "id" uuid not null, "actor_kind" varchar(20) not null, "user_id" uuid null, "action" varchar(100) not null, "resource_type" varchar(100) not null, "resource_id" varchar(255) null, "correlation_id" varchar(100) not null, "content" text not null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id"));
create index "audit_intents_age" on "audit_intents" ("created_at");

create table "audit_details" ("organization_id" uuid not null, "id" uuid not null, "salt" varchar(64) not null, "content" text not null, primary key ("organization_id", "id")) partition by range ("id");
create table "audit_details_rest" partition of "audit_details" default;

create table "audit_chains" ("organization_id" uuid not null, "id" uuid not null, "sequence" bigint not null, "hash" varchar(64) not null, primary key ("organization_id", "id"));

create table "audit_anchors" ("organization_id" uuid not null, "id" uuid not null, "sequence" bigint not null, "hash" varchar(64) not null, "entry_id" uuid not null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id"));
alter table "audit_anchors" add constraint "audit_anchors_sequence" unique ("organization_id", "sequence");

create table "api_keys" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid null, "service_account_id" uuid null, "name" varchar(100) not null, "secret_hash" varchar(64) not null, "scopes" jsonb not null, "source_id" uuid null, "session_method" varchar(40) null, "created_by" uuid null, "created_at" timestamptz not null default now(), "expires_at" timestamptz not null, "last_used_at" timestamptz null, "revoked_at" timestamptz null, primary key ("organization_id", "id"));
create index "api_keys_service_account" on "api_keys" ("organization_id", "service_account_id");
create index "api_keys_user" on "api_keys" ("organization_id", "user_id");
alter table "api_keys" add constraint "api_keys_one_owner" check ((user_id is null) <> (service_account_id is null));

create table "account_links" ("organization_id" uuid not null, "id" uuid not null, "kind" varchar(20) not null, "email" varchar(254) not null, "previous_email" varchar(254) not null default '', "role" varchar(20) null, "user_id" uuid null, "created_by" uuid null, "token_hash" varchar(64) null, "created_at" timestamptz not null default now(), "sent_at" timestamptz null, "expires_at" timestamptz not null, "used_at" timestamptz null, "revoked_at" timestamptz null, primary key ("organization_id", "id"));
alter table "account_links" add constraint "account_links_kind_check" check ("kind" in ('invitation', 'password_reset', 'email_change'));
alter table "account_links" add constraint "account_links_role_check" check ("role" in ('viewer', 'editor', 'admin'));

create table "organization_settings" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "drift_detection_enabled" boolean not null default true, "auto_analysis_enabled" boolean not null default true, "email_notifications" boolean not null default true, "slack_integration" boolean not null default false, "slack_webhook_url" varchar(500) not null default '', "audit_logging" boolean not null default true, "session_timeout" int not null default 3600, "two_factor_required" boolean not null default false, primary key ("organization_id", "id"));
alter table "organization_settings" add constraint "organization_settings_organization" unique ("organization_id");

create table "outbox_events" ("organization_id" uuid not null, "id" uuid not null, "topic" text not null, "subject_id" uuid not null, "payload" jsonb not null, "correlation_id" text not null, "created_at" timestamptz not null default now(), "delivered_at" timestamptz null, primary key ("organization_id", "id"));
create index "outbox_events_undelivered" on "outbox_events" ("created_at", "id") where "delivered_at" is null;

create table "processing_records" ("organization_id" uuid not null, "id" uuid not null, "name" varchar(200) not null, "purpose" text not null, "legal_basis" text not null, "data_categories" text not null, "recipients" text not null, "retention" text not null, "created_by" uuid null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id"));

create table "recovery_codes" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "code_hash" varchar(64) not null, "created_at" timestamptz not null default now(), "used_at" timestamptz null, primary key ("organization_id", "id"));
create index "recovery_codes_user" on "recovery_codes" ("organization_id", "user_id");

create table "retention_policies" ("organization_id" uuid not null, "id" uuid not null, "data_class" varchar(40) not null, "days" int not null, primary key ("organization_id", "id"));
alter table "retention_policies" add constraint "retention_policies_class" unique ("organization_id", "data_class");

create table "scan_recollections" ("organization_id" uuid not null, "id" uuid not null, "environment_id" uuid not null, "kind" text not null, "key" text not null, "value" text not null, primary key ("organization_id", "id"));
alter table "scan_recollections" add constraint "scan_recollections_organization_id_environment_id_dfef7_unique" unique ("organization_id", "environment_id", "kind", "key");
alter table "scan_recollections" add constraint "scan_recollections_kind_check" check ("kind" in ('outcome', 'element'));

create table "scan_runs" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid not null, "status" text not null default 'queued', "trigger" text not null, "requested_by" uuid null, "attempts" int not null default 0, "progress_done" int not null default 0, "progress_total" int null, "progress_eta_seconds" int null, "progress_label" text not null default '', "pages" int not null default 0, "counts" jsonb not null default '{}', "coverage_score" numeric(5,4) null, "notices" jsonb not null default '[]', "problems" jsonb not null default '[]', "passed_over" jsonb not null default '[]', "unused_ignore_rules" jsonb not null default '[]', "cancel_requested_at" timestamptz null, "heartbeat_at" timestamptz null, "started_at" timestamptz null, "finished_at" timestamptz null, primary key ("organization_id", "id"));
create unique index "scan_runs_one_active_per_environment" on "scan_runs" ("organization_id", "environment_id") where "status" in ('queued', 'running');
create index "scan_runs_organization_id_environment_id_id_index" on "scan_runs" ("organization_id", "environment_id", "id");
alter table "scan_runs" add constraint "scan_runs_status_check" check ("status" in ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled'));
alter table "scan_runs" add constraint "scan_runs_trigger_check" check ("trigger" in ('api', 'schedule', 'cli', 'webhook'));

create table "scan_part_pieces" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "scan_id" uuid not null, "part_id" uuid not null, "position" int not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "scan_part_pieces" add constraint "scan_part_pieces_organization_id_scan_id_part_id__355b5_unique" unique ("organization_id", "scan_id", "part_id", "position");

create table "scan_parts" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "scan_id" uuid not null, "part" text not null, "scope" text not null, "coverage" jsonb not null, "pieces" int not null, "key_version" int not null, "wrapped_key" bytea not null, primary key ("organization_id", "id"));
alter table "scan_parts" add constraint "scan_parts_organization_id_scan_id_part_unique" unique ("organization_id", "scan_id", "part");

create table "scan_coverage" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "scan_id" uuid not null, "provider" text not null, "resource_type" text not null, "account_id" text null, "region" text null, "status" text not null, "resources" int not null, "pages" int not null, "message" text null, primary key ("organization_id", "id"));
create index "scan_coverage_organization_id_scan_id_resource_type_index" on "scan_coverage" ("organization_id", "scan_id", "resource_type");
alter table "scan_coverage" add constraint "scan_coverage_status_check" check ("status" in ('complete', 'partial', 'denied', 'throttled', 'failed'));

create table "service_accounts" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "name" varchar(100) not null, "description" varchar(500) not null default '', "role" varchar(20) not null, "is_active" boolean not null default true, "created_by" uuid null, primary key ("organization_id", "id"));
alter table "service_accounts" add constraint "service_accounts_name" unique ("organization_id", "name");
alter table "service_accounts" add constraint "service_accounts_role_check" check ("role" in ('viewer', 'editor', 'admin'));

create table "sessions" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "method" varchar(40) not null, "password_version" int not null, "family_hash" varchar(64) not null, "refresh_hash" varchar(64) not null, "previous_hash" varchar(64) null, "created_at" timestamptz not null default now(), "rotated_at" timestamptz not null default now(), "last_used_at" timestamptz not null default now(), "stepped_up_at" timestamptz null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "end_reason" varchar(40) null, "ip" inet null, "user_agent" varchar(300) not null default '', primary key ("organization_id", "id"));
create index "sessions_user" on "sessions" ("organization_id", "user_id", "created_at");

create table "signing_keys" ("kid" uuid not null, "created_at" timestamptz not null default now(), "signs_from" timestamptz not null, "public_jwk" jsonb not null, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("kid"));

create table "sso_connections" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "is_active" boolean not null default true, "issuer" varchar(500) not null, "client_id" varchar(255) not null, "token_auth_method" varchar(40) not null default 'client_secret_basic', "scopes" jsonb not null, "groups_claim" varchar(255) not null, "role_mapping" jsonb not null, "default_role" varchar(20) null, "allowed_domains" jsonb not null, "jit_users" boolean not null, "second_factor_values" jsonb not null, "enforced" boolean not null, "break_glass_user" uuid null, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "sso_connections" add constraint "sso_connections_organization" unique ("organization_id");
alter table "sso_connections" add constraint "sso_connections_token_auth_method_check" check ("token_auth_method" in ('client_secret_basic', 'client_secret_post'));
alter table "sso_connections" add constraint "sso_connections_default_role_check" check ("default_role" in ('viewer', 'editor', 'admin'));

create table "sso_identities" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "issuer" varchar(500) not null, "subject" varchar(255) not null, "created_at" timestamptz not null default now(), primary key ("organization_id", "id"));
alter table "sso_identities" add constraint "sso_identities_user" unique ("organization_id", "issuer", "user_id");
alter table "sso_identities" add constraint "sso_identities_subject" unique ("organization_id", "issuer", "subject");

create table "ignore_rules" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "environment_id" uuid null, "position" int not null, "name" text not null, "providers" jsonb not null default '[]', "types" jsonb not null default '[]', "addresses" jsonb not null default '[]', "ids" jsonb not null default '[]', "tags" jsonb not null default '{}', "actors" jsonb not null default '[]', "paths" jsonb not null default '[]', "silences" jsonb not null default '[]', "negated" boolean not null default false, "reason" text not null default '', "imported_from" text null, "origin" text null, "created_by" uuid null, "expires_at" timestamptz null, "version" int not null default 1, primary key ("organization_id", "id"));
create index "ignore_rules_organization_id_environment_id_position_id_index" on "ignore_rules" ("organization_id", "environment_id", "position", "id");

create table "two_factors" ("organization_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "created_at" timestamptz not null default now(), "confirmed_at" timestamptz null, "last_step" int not null default 0, "key_version" int not null, "wrapped_key" bytea not null, "sealed" bytea not null, primary key ("organization_id", "id"));
alter table "two_factors" add constraint "two_factors_user" unique ("organization_id", "user_id");

create table "users" ("organization_id" uuid not null, "id" uuid not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "username" varchar(150) not null, "email" varchar(254) not null default '', "role" varchar(20) not null default 'viewer', "is_active" boolean not null default true, "password_hash" varchar(255) not null, "must_change_password" boolean not null default false, "password_version" int not null default 0, "last_login" timestamptz null, primary key ("organization_id", "id"));
alter table "users" add constraint "users_organization_username" unique ("organization_id", "username");
alter table "users" add constraint "users_role_check" check ("role" in ('viewer', 'editor', 'admin'));

alter table "idempotency_keys" add constraint "idempotency_keys_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "environments" add constraint "environments_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "iac_sources" add constraint "iac_sources_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "iac_sources" add constraint "iac_sources_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "iac_source_credentials" add constraint "iac_source_credentials_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "iac_source_credentials" add constraint "iac_source_credentials_organization_id_source_id_foreign" foreign key ("organization_id", "source_id") references "iac_sources" ("organization_id", "id") on update no action on delete cascade;

alter table "iac_documents" add constraint "iac_documents_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "iac_documents" add constraint "iac_documents_organization_id_source_id_foreign" foreign key ("organization_id", "source_id") references "iac_sources" ("organization_id", "id") on update no action on delete cascade;

alter table "iac_document_pieces" add constraint "iac_document_pieces_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "iac_document_pieces" add constraint "iac_document_pieces_organization_id_document_id_foreign" foreign key ("organization_id", "document_id") references "iac_documents" ("organization_id", "id") on update no action on delete cascade;

alter table "iac_resources" add constraint "iac_resources_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "iac_resources" add constraint "iac_resources_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;
alter table "iac_resources" add constraint "iac_resources_organization_id_source_id_foreign" foreign key ("organization_id", "source_id") references "iac_sources" ("organization_id", "id") on update no action on delete cascade;

alter table "environment_credentials" add constraint "environment_credentials_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "environment_credentials" add constraint "environment_credentials_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "drift_events" add constraint "drift_events_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "drift_events" add constraint "drift_events_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "drift_changes" add constraint "drift_changes_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "drift_changes" add constraint "drift_changes_organization_id_drift_event_id_foreign" foreign key ("organization_id", "drift_event_id") references "drift_events" ("organization_id", "id") on update no action on delete cascade;

alter table "deletion_requests" add constraint "deletion_requests_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "consents" add constraint "consents_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "audit_logs" add constraint "audit_logs_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "audit_intents" add constraint "audit_intents_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "audit_details" add constraint "audit_details_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "audit_chains" add constraint "audit_chains_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "audit_anchors" add constraint "audit_anchors_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "api_keys" add constraint "api_keys_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "account_links" add constraint "account_links_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "organization_settings" add constraint "organization_settings_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "outbox_events" add constraint "outbox_events_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "processing_records" add constraint "processing_records_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "recovery_codes" add constraint "recovery_codes_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "retention_policies" add constraint "retention_policies_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "scan_recollections" add constraint "scan_recollections_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "scan_recollections" add constraint "scan_recollections_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "scan_runs" add constraint "scan_runs_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "scan_runs" add constraint "scan_runs_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "scan_part_pieces" add constraint "scan_part_pieces_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "scan_part_pieces" add constraint "scan_part_pieces_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id") references "scan_runs" ("organization_id", "id") on update no action on delete cascade;

alter table "scan_parts" add constraint "scan_parts_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "scan_parts" add constraint "scan_parts_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id") references "scan_runs" ("organization_id", "id") on update no action on delete cascade;

alter table "scan_coverage" add constraint "scan_coverage_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "scan_coverage" add constraint "scan_coverage_organization_id_scan_id_foreign" foreign key ("organization_id", "scan_id") references "scan_runs" ("organization_id", "id") on update no action on delete cascade;

alter table "service_accounts" add constraint "service_accounts_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "sessions" add constraint "sessions_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "sso_connections" add constraint "sso_connections_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "sso_identities" add constraint "sso_identities_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "ignore_rules" add constraint "ignore_rules_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;
alter table "ignore_rules" add constraint "ignore_rules_organization_id_environment_id_foreign" foreign key ("organization_id", "environment_id") references "environments" ("organization_id", "id") on update no action on delete cascade;

alter table "two_factors" add constraint "two_factors_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "users" add constraint "users_organization_id_foreign" foreign key ("organization_id") references "organizations" ("id") on update no action on delete cascade;

alter table "operators" enable row level security;
alter table "operators" force row level security;
create policy "operators_platform" on "operators" to "driftguard_app" using (true) with check (true);
alter table "operator_events" enable row level security;
alter table "operator_events" force row level security;
create policy "operator_events_platform" on "operator_events" to "driftguard_app" using (true) with check (true);
alter table "organizations" enable row level security;
alter table "organizations" force row level security;
create policy "organizations_tenant" on "organizations" to "driftguard_app" using (id = current_setting('driftguard.organization_id')::uuid) with check (id = current_setting('driftguard.organization_id')::uuid);
create policy "organizations_system" on "organizations" for select to "driftguard_system" using (true);
create policy "organizations_login" on "organizations" for select to "driftguard_login_lookup" using (true);
create policy "organizations_system_delete" on "organizations" for delete to "driftguard_system" using (deletion_is_due(id));
alter table "idempotency_keys" enable row level security;
alter table "idempotency_keys" force row level security;
create policy "idempotency_keys_tenant" on "idempotency_keys" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "environments" enable row level security;
alter table "environments" force row level security;
create policy "environments_tenant" on "environments" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "iac_sources" enable row level security;
alter table "iac_sources" force row level security;
create policy "iac_sources_tenant" on "iac_sources" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "iac_source_credentials" enable row level security;
alter table "iac_source_credentials" force row level security;
create policy "iac_source_credentials_tenant" on "iac_source_credentials" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "iac_documents" enable row level security;
alter table "iac_documents" force row level security;
create policy "iac_documents_tenant" on "iac_documents" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "iac_document_pieces" enable row level security;
alter table "iac_document_pieces" force row level security;
create policy "iac_document_pieces_tenant" on "iac_document_pieces" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "iac_resources" enable row level security;
alter table "iac_resources" force row level security;
create policy "iac_resources_tenant" on "iac_resources" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "environment_credentials" enable row level security;
alter table "environment_credentials" force row level security;
create policy "environment_credentials_tenant" on "environment_credentials" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "drift_events" enable row level security;
alter table "drift_events" force row level security;
create policy "drift_events_tenant" on "drift_events" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "drift_changes" enable row level security;
alter table "drift_changes" force row level security;
create policy "drift_changes_tenant" on "drift_changes" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "deletion_requests" enable row level security;
alter table "deletion_requests" force row level security;
create policy "deletion_requests_tenant" on "deletion_requests" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "deletion_requests_system" on "deletion_requests" for select to "driftguard_system" using (true);
alter table "consents" enable row level security;
alter table "consents" force row level security;
create policy "consents_tenant" on "consents" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "audit_logs" enable row level security;
alter table "audit_logs" force row level security;
create policy "audit_logs_tenant" on "audit_logs" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "audit_logs_system" on "audit_logs" for select to "driftguard_system" using (true);
create policy "audit_logs_system_delete" on "audit_logs" for delete to "driftguard_system" using (true);
alter table "audit_intents" enable row level security;
alter table "audit_intents" force row level security;
create policy "audit_intents_tenant" on "audit_intents" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "audit_intents_system" on "audit_intents" for select to "driftguard_system" using (true);
alter table "audit_details" enable row level security;
alter table "audit_details" force row level security;
create policy "audit_details_tenant" on "audit_details" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "audit_details_system" on "audit_details" for select to "driftguard_system" using (true);
create policy "audit_details_system_delete" on "audit_details" for delete to "driftguard_system" using (true);
alter table "audit_chains" enable row level security;
alter table "audit_chains" force row level security;
create policy "audit_chains_tenant" on "audit_chains" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "audit_anchors" enable row level security;
alter table "audit_anchors" force row level security;
create policy "audit_anchors_tenant" on "audit_anchors" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "audit_anchors_system" on "audit_anchors" for select to "driftguard_system" using (true);
alter table "api_keys" enable row level security;
alter table "api_keys" force row level security;
create policy "api_keys_tenant" on "api_keys" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "account_links" enable row level security;
alter table "account_links" force row level security;
create policy "account_links_tenant" on "account_links" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "organization_settings" enable row level security;
alter table "organization_settings" force row level security;
create policy "organization_settings_tenant" on "organization_settings" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "organization_settings_system" on "organization_settings" for select to "driftguard_system" using (true);
create policy "organization_settings_login" on "organization_settings" for select to "driftguard_login_lookup" using (true);
alter table "outbox_events" enable row level security;
alter table "outbox_events" force row level security;
create policy "outbox_events_tenant" on "outbox_events" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "outbox_events_system" on "outbox_events" for select to "driftguard_system" using (true);
alter table "processing_records" enable row level security;
alter table "processing_records" force row level security;
create policy "processing_records_tenant" on "processing_records" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "recovery_codes" enable row level security;
alter table "recovery_codes" force row level security;
create policy "recovery_codes_tenant" on "recovery_codes" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "retention_policies" enable row level security;
alter table "retention_policies" force row level security;
create policy "retention_policies_tenant" on "retention_policies" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "scan_recollections" enable row level security;
alter table "scan_recollections" force row level security;
create policy "scan_recollections_tenant" on "scan_recollections" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "scan_runs" enable row level security;
alter table "scan_runs" force row level security;
create policy "scan_runs_tenant" on "scan_runs" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "scan_runs_system" on "scan_runs" for select to "driftguard_system" using (true);
alter table "scan_part_pieces" enable row level security;
alter table "scan_part_pieces" force row level security;
create policy "scan_part_pieces_tenant" on "scan_part_pieces" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "scan_parts" enable row level security;
alter table "scan_parts" force row level security;
create policy "scan_parts_tenant" on "scan_parts" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "scan_parts_system" on "scan_parts" for select to "driftguard_system" using (true);
alter table "scan_coverage" enable row level security;
alter table "scan_coverage" force row level security;
create policy "scan_coverage_tenant" on "scan_coverage" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "service_accounts" enable row level security;
alter table "service_accounts" force row level security;
create policy "service_accounts_tenant" on "service_accounts" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "sessions" enable row level security;
alter table "sessions" force row level security;
create policy "sessions_tenant" on "sessions" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "signing_keys" enable row level security;
alter table "signing_keys" force row level security;
create policy "signing_keys_platform" on "signing_keys" to "driftguard_app" using (true) with check (true);
alter table "sso_connections" enable row level security;
alter table "sso_connections" force row level security;
create policy "sso_connections_tenant" on "sso_connections" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "sso_connections_login" on "sso_connections" for select to "driftguard_login_lookup" using (true);
alter table "sso_identities" enable row level security;
alter table "sso_identities" force row level security;
create policy "sso_identities_tenant" on "sso_identities" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "ignore_rules" enable row level security;
alter table "ignore_rules" force row level security;
create policy "ignore_rules_tenant" on "ignore_rules" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "two_factors" enable row level security;
alter table "two_factors" force row level security;
create policy "two_factors_tenant" on "two_factors" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
alter table "users" enable row level security;
alter table "users" force row level security;
create policy "users_tenant" on "users" to "driftguard_app" using (organization_id = current_setting('driftguard.organization_id')::uuid) with check (organization_id = current_setting('driftguard.organization_id')::uuid);
create policy "users_login" on "users" for select to "driftguard_login_lookup" using (true);
