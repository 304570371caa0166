CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`group_id` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`joined_at` integer NOT NULL,
	`left_at` integer,
	PRIMARY KEY(`group_id`, `person`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_person` ON `memberships` (`person`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`role` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`uses` integer NOT NULL,
	`uses_left` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_group` ON `invitations` (`group_id`);--> statement-breakpoint
CREATE TABLE `papers` (
	`id` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`title` text,
	`title_key` text,
	`authors` text NOT NULL,
	`abstract` text NOT NULL,
	`arxiv_id` text,
	`arxiv_version` integer,
	`doi` text,
	`url` text,
	`links` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_arxiv` ON `papers` (`scope`,`arxiv_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `papers_doi` ON `papers` (`scope`,`doi`);--> statement-breakpoint
CREATE INDEX `papers_title` ON `papers` (`scope`,`title_key`);--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`group_id` text NOT NULL,
	`version` integer NOT NULL,
	`projected_seq` integer NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rooms_name_unique` ON `rooms` (`name`);--> statement-breakpoint
CREATE INDEX `rooms_group` ON `rooms` (`group_id`);--> statement-breakpoint
CREATE TABLE `doc_updates` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`room` integer NOT NULL,
	`data` blob NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `doc_updates_room` ON `doc_updates` (`room`,`seq`);--> statement-breakpoint
CREATE TABLE `doc_snapshots` (
	`room` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`data` blob NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `doc_clients` (
	`room` integer NOT NULL,
	`client` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`room`, `client`),
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `board_papers` (
	`group_id` text NOT NULL,
	`day` text NOT NULL,
	`paper` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`group_id`, `day`, `paper`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `board_papers_paper` ON `board_papers` (`group_id`,`paper`);--> statement-breakpoint
CREATE TABLE `votes` (
	`group_id` text NOT NULL,
	`day` text NOT NULL,
	`paper` text NOT NULL,
	`member` text NOT NULL,
	`value` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `day`, `paper`, `member`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `votes_at` ON `votes` (`group_id`,`at`);--> statement-breakpoint
CREATE TABLE `offers` (
	`group_id` text NOT NULL,
	`day` text NOT NULL,
	`paper` text NOT NULL,
	`member` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `day`, `paper`, `member`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `comments` (
	`group_id` text NOT NULL,
	`day` text NOT NULL,
	`key` text NOT NULL,
	`paper` text NOT NULL,
	`author` text NOT NULL,
	`parent` text,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`edited` integer,
	PRIMARY KEY(`group_id`, `day`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `comments_paper` ON `comments` (`group_id`,`paper`);--> statement-breakpoint
CREATE TABLE `readings` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`paper` text NOT NULL,
	`board` text NOT NULL,
	`member` text NOT NULL,
	`role` text NOT NULL,
	`part` text NOT NULL,
	`due` text,
	`assigned_by` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `readings_member` ON `readings` (`group_id`,`member`);