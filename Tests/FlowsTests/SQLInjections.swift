/// Values for ``SQLInjectionTests``.
enum Injections {
  static let all = login + union + blind + timed + stacked + errors

  /// Ways past a login or a filter.
  private static let login = [
    "' or '1'='1", "'or'1'='1", "' or 1=1--", "' or 1=1#", "' or 1=1/*", "') or ('1'='1",
    "')) or (('1'='1", "\" or \"\"=\"", "\" or 1=1--", "' or ''='", "' or 'x'='x", "admin'--",
    "admin' --", "admin'#", "admin'/*", "admin') --", "admin' or '1'='1'--", "1' or '1' = '1",
    "1 or 1=1", "1 or 2>1", "1) or (1=1", "or 1=1", "or true--", "' or true--", "1 or true",
    "' or 1--", "'='", "'-'", "' like '", "' || '1'='1", "' && '1'='1", "-1 or 1=1",
    "' or 1 in (1)--", "' or 'a' like 'a", "x' or 1 between 0 and 2--", "' or not 1=2--",
    "' or username is not null--", "' or uid > 5--", "' and password like 'a%", "1'; --",
    "' or 0x31=0x31--", "' or 2 regexp '2", "'or 1=1 limit 1--", "1or 1=1", "1 || 1=1",
    "1' and 1=1#", "1 and 1=2", "' or '1", "0 or 1=1", "5 or 5=5 -- ", "' xor 1=1-- ",
  ]

  private static let union = [
    "' union select null--", "' union select 1,2,3--", "' union all select null,null,null-- -",
    "1 union select 1,2,3", "-1 union all select 1,@@version,3",
    "1' union select user(),database()#",
    "' union select username, password from users--", "1) union select 1,2#",
    "' union select 1,group_concat(table_name) from information_schema.tables--",
    "1 union(select(1),(2),(3))", "' union distinct select 1", "1 union select * from users",
    "-5' UNION ALL SELECT CONCAT(0x7170,IFNULL(CAST(USER() AS CHAR),0x20),0x7178),NULL-- -",
    "/*select * from users", "' union values(1,2)--", "1 union select password from users",
    "-1 union select name from sqlite_master",
  ]

  /// Questions with two answers; the shapes that sqlmap sends among them.
  private static let blind = [
    "1 AND 4123=4123", "1' AND 4123=4123 AND 'abcd'='abcd", "1) AND 4123=4123 AND (7=7",
    "1%' AND 4123=4123 AND 'x%'='x", "1 AND 4123=4124-- wxyz", "-4123 OR 4123=4123#",
    "1' and ascii(substr((select password from users limit 1),1,1))>64--",
    "1 and (select count(*) from users)>0", "1' and exists(select * from users)--",
    "1 and ord(mid((select 1),1,1))>5", "(SELECT (CASE WHEN (1=1) THEN 1 ELSE 2 END))",
    "1 RLIKE (SELECT (CASE WHEN (7=7) THEN 1 ELSE 0x28 END))", "if(1=1,1,2)",
    "1' and length(database())=5#", "1 and substring(version(),1,1)=5",
    "1 order by 10--", "order by 10--", "1' order by 3#", "1 order by 5",
    "1' group by 1 having 1=1--",
    "1 having 1=1", "' having 1=1--", "1' group by userid having 1=1--", "1' AND 'a'='a",
    "'||(select 1)||'", "1-(select 1)", "1' and 1=(select count(*) from tablenames)--",
    "1 AND 1=(SELECT 1 FROM dual)", "1' or char(49)=char(49)#",
  ]

  private static let timed = [
    "1 and sleep(5)", "1' and sleep(5)-- -", "' or sleep(5)#",
    "1' AND (SELECT 5 FROM (SELECT(SLEEP(5)))a) AND 'a'='a",
    "1; waitfor delay '0:0:5'--", "'; waitfor delay '0:0:5'--", "1 WAITFOR DELAY '0:0:5'",
    "1';SELECT PG_SLEEP(5)--", "1 AND 4123=(SELECT 4123 FROM PG_SLEEP(5))",
    "benchmark(10000000,md5(1))", "1' or benchmark(10000000,md5(1))#", "'-sleep(5)-'", "sleep(5)#",
    "1 AND 12=DBMS_PIPE.RECEIVE_MESSAGE(CHR(65)||CHR(66),5)", "1;SELECT SLEEP(5)#",
    "1 or pg_sleep(5)--", "(select(0)from(select(sleep(15)))v)",
    "1 AND 5=LIKE('ABCDEFG',UPPER(HEX(RANDOMBLOB(500000000/2))))",
    "if(now()=sysdate(),sleep(15),0)",
  ]

  private static let stacked = [
    "1; drop table users--", "'; drop table users--", "1;drop database his", "1; delete from users",
    "'; insert into users values('a','b')--", "1; update users set password='x' where 1=1",
    "'; exec xp_cmdshell 'dir'--", "1; exec master..xp_cmdshell 'dir'", "'; shutdown--",
    "1;declare @a varchar(99)", "'; create table x (y int)--", "1; truncate table log",
    "'; exec('select 1')--", "1;select * from users", "x'; select 1--",
  ]

  /// Errors that tell, files, other machines.
  private static let errors = [
    "1 and extractvalue(1,concat(0x7e,version()))", "1' and updatexml(1,concat(0x7e,user()),1)#",
    "1 AND EXTRACTVALUE(4123,CONCAT(0x5c,0x71,(SELECT (ELT(4=4,1))),0x71))",
    "1 AND (SELECT 4 FROM(SELECT COUNT(*),CONCAT(0x71,FLOOR(RAND(0)*2))x FROM INFORMATION_SCHEMA.PLUGINS GROUP BY x)a)",
    "1 AND 4=CAST((CHR(113)||CHR(118))||(SELECT (CASE WHEN (4=4) THEN 1 ELSE 0 END))::text AS NUMERIC)",
    "1 AND 4 IN (SELECT (CHAR(113)+CHAR(118)))", "1 and 1=convert(int,@@version)",
    "1 AND 4=(SELECT UPPER(XMLType(CHR(60)||CHR(58)||CHR(113))) FROM DUAL)",
    "1 PROCEDURE ANALYSE(EXTRACTVALUE(4,CONCAT(0x5c,1)),1)",
    "' union select load_file('/etc/passwd')--", "' into outfile '/tmp/x'--",
    "1 union select '<?php ?>' into outfile '/var/www/x.php'", "'||utl_http.request('http://x')||'",
    "select @@version", "select load_file('/etc/passwd')",
  ]

  /// What people and programs write.
  static let harmless = [
    "O'Brien", "D'Arcy & O'Neil", "Patient's chart", "workers' union", "patients' having a rest",
    "the workers' union select committee meets", "student union", "union of patients and staff",
    "nurses' order by phone", "doctors' notes -- see below", "it's 5 or 6", "don't and won't",
    "rock 'n' roll", "rock 'and' roll", "\"heart attack\" or \"stroke\"", "'fever' and 'cough'",
    "a and b", "this or that", "1 or 2", "1 and 2", "2 + 2 = 4", "x = y and y = z", "a=1 and b=2",
    "0x3a", "wash hands; update later", "stop; drop and roll", "; select a room", "ward 7; bed 2",
    "select password manager", "select one from the list", "please select a date from calendar",
    "Size (select one from list)", "drop table tennis", "insert into slot A", "delete from cart",
    "update the set", "order by phone", "sort=name&order=by", "group by ward", "having fun",
    "sleep(8 hours)", "use sleep(5) in bash", "benchmark (2025)", "count(5)", "if (true) then",
    "what is information_schema", "xp_cmdshell tutorial", "load_file function", "concat strings",
    "height 5'", "5'11\"", "6' 2\" and 80 kg", "12\" pipe", "C# or F#", "item #1",
    "the boys' #1 pick",
    "a -- b", "-- none --", "email--list", "/* note */", "*/*", "50% off", "100% sure (or not)",
    "YWJjZGVmZ2hpamtsbW5vcA==", "dGVzdC9vcitzZWxlY3QrdW5pb24=",
    "550e8400-e29b-41d4-a716-446655440000",
    "2025-05-06T01:09:00+02:00", "john@example.org", "https://his/a?b=c&d='e'",
    "{\"a\": 'b', \"c\": [1, 2]}", "query { bed(id: \"5\") { name } }",
    "mutation { setBed(where: {id: \"5\"}, set: {name: \"O'Brien\"}) { id } }",
    "function (a) { return a || 'b'; }", "if (a == 'b' || c == 'd') { run(); }",
    "var x='a';var y='b';", "<b>it's</b>", "((A or B) and C)",
    "title:(heart OR lung) AND year:2020",
    "age:[10 TO 20] AND sex:f", "name eq 'x' and age gt 5", "BP 120/80; pulse 70",
    "SpO2 < 90 or HR > 120", "temp > 38 and pulse > 100", "dose = 5 mg or 10 mg", "1=1", "n/a", "'",
    "''",
    "\"\"", "'quoted'", "quote at the end'", "l'hôpital d'Ixelles", "ce n'est pas l'union",
    "Let's meet at 5; update me later", "users' guide", "case when needed", "declare an emergency",
    "Who's who in the union? Select a name.", "GROUP BY and HAVING explained",
    "create table reservation",
    "exec summary", "null and void", "true or false", "null", "true", "not null", "in (a, b)",
    "between 1 and 10", "like this", "is it 5 or 10?", "x like y", "limit 10", "procedure notes",
  ]
}
