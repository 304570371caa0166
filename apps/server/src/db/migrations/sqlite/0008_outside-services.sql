CREATE TABLE `paper_facts` (
	`name` text NOT NULL,
	`source` text NOT NULL,
	`fields` text NOT NULL,
	`fetched_at` integer NOT NULL,
	PRIMARY KEY(`name`, `source`)
);
--> statement-breakpoint
CREATE TABLE `paper_versions` (
	`arxiv_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`title` text,
	`abstract` text,
	PRIMARY KEY(`arxiv_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `paper_corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`paper` text NOT NULL,
	`member` text NOT NULL,
	`at` integer NOT NULL,
	`fields` text NOT NULL,
	`before` text NOT NULL,
	`undoes` text,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`paper`) REFERENCES `papers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `paper_corrections_paper` ON `paper_corrections` (`paper`,`at`);--> statement-breakpoint
CREATE TABLE `lookups` (
	`name` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`next_at` integer NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`name`, `source`)
);
--> statement-breakpoint
CREATE INDEX `lookups_due` ON `lookups` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `outside_answers` (
	`url` text PRIMARY KEY NOT NULL,
	`etag` text,
	`last_modified` text,
	`content_type` text NOT NULL,
	`body` blob NOT NULL,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outside_answers_at` ON `outside_answers` (`fetched_at`);--> statement-breakpoint
CREATE TABLE `outside_hosts` (
	`host` text PRIMARY KEY NOT NULL,
	`holder` text,
	`until` integer NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `papers` ADD `same_as` text;--> statement-breakpoint
CREATE INDEX `papers_by_arxiv` ON `papers` (`arxiv_id`);--> statement-breakpoint
CREATE INDEX `papers_by_doi` ON `papers` (`doi`);--> statement-breakpoint
CREATE INDEX `papers_same` ON `papers` (`same_as`);