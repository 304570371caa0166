-- What one group has entered is its own; entries on the boards of several groups stay shared.
UPDATE `papers` SET `scope` = `own`.`group_id`
FROM (SELECT `paper`, min(`group_id`) AS `group_id` FROM `board_papers` GROUP BY `paper` HAVING count(DISTINCT `group_id`) = 1) AS `own`
WHERE `papers`.`id` = `own`.`paper` AND `papers`.`scope` = '' AND NOT EXISTS (
  SELECT 1 FROM `papers` AS `theirs`
  WHERE `theirs`.`scope` = `own`.`group_id` AND (`theirs`.`arxiv_id` = `papers`.`arxiv_id` OR `theirs`.`doi` = `papers`.`doi`)
);
