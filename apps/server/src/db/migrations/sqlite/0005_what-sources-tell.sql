ALTER TABLE `papers` ADD `venue` text;--> statement-breakpoint
ALTER TABLE `papers` ADD `published` text;--> statement-breakpoint
ALTER TABLE `papers` ADD `subjects` text DEFAULT '[]' NOT NULL;