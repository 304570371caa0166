CREATE TABLE `session_papers` (
	`group_id` text NOT NULL,
	`session_key` text NOT NULL,
	`paper` text NOT NULL,
	`position` real NOT NULL,
	`part` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `session_key`, `paper`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `session_guests` (
	`group_id` text NOT NULL,
	`session_key` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`paper` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `session_guests_session` ON `session_guests` (`group_id`,`session_key`);--> statement-breakpoint
CREATE TABLE `plan_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`session_key` text NOT NULL,
	`at` integer NOT NULL,
	`changed_by` text,
	`root` text NOT NULL,
	`key` text NOT NULL,
	`before` text,
	`after` text,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `plan_changes_session` ON `plan_changes` (`group_id`,`session_key`,`at`);--> statement-breakpoint
CREATE TABLE `reading_notes` (
	`group_id` text NOT NULL,
	`person` text NOT NULL,
	`reading_key` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `person`, `reading_key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_readings` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`paper` text,
	`board` text NOT NULL,
	`member` text NOT NULL,
	`role` text NOT NULL,
	`part` text NOT NULL,
	`session_key` text,
	`due` text,
	`assigned_by` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_readings`("group_id", "key", "paper", "board", "member", "role", "part", "session_key", "due", "assigned_by", "at", "state") SELECT "group_id", "key", "paper", "board", "member", "role", "part", NULL, "due", "assigned_by", "at", "state" FROM `readings`;--> statement-breakpoint
DROP TABLE `readings`;--> statement-breakpoint
ALTER TABLE `__new_readings` RENAME TO `readings`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `readings_member` ON `readings` (`group_id`,`member`);--> statement-breakpoint
ALTER TABLE `group_sessions` DROP COLUMN `papers`;--> statement-breakpoint
ALTER TABLE `group_sessions` DROP COLUMN `guests`;