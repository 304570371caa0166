CREATE TABLE "people" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "people_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"time_zone" text COLLATE "C" NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"group_id" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"joined_at" bigint NOT NULL,
	"left_at" bigint,
	"removed_by" text COLLATE "C",
	CONSTRAINT "memberships_group_id_person_pk" PRIMARY KEY("group_id","person")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"uses" integer NOT NULL,
	"uses_left" integer NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C",
	"title_key" text COLLATE "C",
	"authors" jsonb NOT NULL,
	"abstract" text COLLATE "C" NOT NULL,
	"arxiv_id" text COLLATE "C",
	"arxiv_version" integer,
	"doi" text COLLATE "C",
	"url" text COLLATE "C",
	"links" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"projected_seq" bigint NOT NULL,
	"dropped_seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "rooms_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "doc_updates" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"room" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_snapshots" (
	"room" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_clients" (
	"room" bigint NOT NULL,
	"client" bigint NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "doc_clients_room_client_pk" PRIMARY KEY("room","client")
);
--> statement-breakpoint
CREATE TABLE "board_papers" (
	"group_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"added_by" text COLLATE "C" NOT NULL,
	"added_at" bigint NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "board_papers_group_id_day_paper_pk" PRIMARY KEY("group_id","day","paper")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"group_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"value" integer NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "votes_group_id_day_paper_member_pk" PRIMARY KEY("group_id","day","paper","member")
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"group_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "offers_group_id_day_paper_member_pk" PRIMARY KEY("group_id","day","paper","member")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"group_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"parent" text COLLATE "C",
	"text" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"edited" bigint,
	CONSTRAINT "comments_group_id_day_key_pk" PRIMARY KEY("group_id","day","key")
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"board" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"part" text COLLATE "C" NOT NULL,
	"due" text COLLATE "C",
	"assigned_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	CONSTRAINT "readings_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_updates" ADD CONSTRAINT "doc_updates_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_snapshots" ADD CONSTRAINT "doc_snapshots_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_clients" ADD CONSTRAINT "doc_clients_room_rooms_id_fk" FOREIGN KEY ("room") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_papers" ADD CONSTRAINT "board_papers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person");--> statement-breakpoint
CREATE INDEX "memberships_person" ON "memberships" USING btree ("person");--> statement-breakpoint
CREATE INDEX "invitations_group" ON "invitations" USING btree ("group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_arxiv" ON "papers" USING btree ("scope","arxiv_id");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_doi" ON "papers" USING btree ("scope","doi");--> statement-breakpoint
CREATE INDEX "papers_title" ON "papers" USING btree ("scope","title_key");--> statement-breakpoint
CREATE INDEX "rooms_group" ON "rooms" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "doc_updates_room" ON "doc_updates" USING btree ("room","seq");--> statement-breakpoint
CREATE INDEX "board_papers_paper" ON "board_papers" USING btree ("group_id","paper");--> statement-breakpoint
CREATE INDEX "votes_at" ON "votes" USING btree ("group_id","at");--> statement-breakpoint
CREATE INDEX "comments_paper" ON "comments" USING btree ("group_id","paper");--> statement-breakpoint
CREATE INDEX "readings_member" ON "readings" USING btree ("group_id","member");