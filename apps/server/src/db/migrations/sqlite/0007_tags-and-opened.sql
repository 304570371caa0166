CREATE TABLE `paper_tags` (
	`group_id` text NOT NULL,
	`paper` text NOT NULL,
	`tag` text NOT NULL,
	`tagged_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `paper`, `tag`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `paper_tags_tag` ON `paper_tags` (`group_id`,`tag`);--> statement-breakpoint
CREATE TABLE `opened_papers` (
	`group_id` text NOT NULL,
	`person` text NOT NULL,
	`paper` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `person`, `paper`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `citation_keys` (
	`group_id` text NOT NULL,
	`paper` text NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`group_id`, `paper`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `citation_keys_key` ON `citation_keys` (`group_id`,`key`);