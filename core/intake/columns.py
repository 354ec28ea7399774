"""Columns: what a department's file of each layout has, in the order of its standard.

Each line: code, name, our field, marks. A header may use codes or names, or what follows a `|`.
`!` must be given · `h` must be in the header · `u` a credit code, in the header, too · `c` a credit
code that need not be there · `n` a name or number, on one line · `-` read at the door only, never
stored: representatives, papers of persons, old numbers, remarks.
"""

PENALTY = """
CF_XDR_MC 行政相对人名称 counterparty_name !n
CF_XDR_LB 行政相对人类别 counterparty_type !n
CF_XDR_SHXYM 行政相对人代码_1(统一社会信用代码) uscc u
CF_XDR_GSZC 行政相对人代码_2(工商注册号) registration_no -
CF_XDR_ZZJG 行政相对人代码_3(组织机构代码) org_code -
CF_XDR_SWDJ 行政相对人代码_4(税务登记号) tax_no -
CF_XDR_SYDW 行政相对人代码_5(事业单位证书号) institution_cert_no -
CF_XDR_SHZZ 行政相对人代码_6(社会组织登记证号) social_org_no -
CF_FRDB 法定代表人 legal_representative -
CF_FR_ZJLX 法定代表人证件类型 legal_rep_id_type -
CF_FR_ZJHM 法定代表人证件号码 legal_rep_id_no -
CF_XDR_ZJLX 证件类型 person_id_type -
CF_XDR_ZJHM 证件号码 person_id_no -
CF_WSH 行政处罚决定书文号 document_no !n
CF_WFXW 违法行为类型 violation_type !
CF_SY 违法事实 violation_facts !
CF_YJ 处罚依据 legal_basis !
CF_CFLB 处罚类别 penalty_types !
CF_NR 处罚内容 penalty_content !
CF_NR_FK 罚款金额(万元) fine_amount_wan n
CF_NR_WFFF 没收违法所得、没收非法财物的金额(万元) confiscated_amount_wan n
CF_NR_ZKDX 暂扣或吊销证照名称及编号 suspended_or_revoked_licence .
CF_JDRQ 处罚决定日期 decision_date !n
CF_YXQ 处罚有效期 valid_to !n
CF_GSJZQ 公示截止期 publication_end n
CF_CFJG 处罚机关 authority !n
CF_CFJGDM 处罚机关统一社会信用代码 authority_uscc !u
CF_SJLY 数据来源单位 source_department !n
CF_SJLYDM 数据来源单位统一社会信用代码 source_department_uscc !u
BZ 备注 remark -
"""
LICENCE = """
XK_XDR_MC 行政相对人名称 counterparty_name !n
XK_XDR_LB 行政相对人类别 counterparty_type !n
XK_XDR_SHXYM 行政相对人代码_1(统一社会信用代码) uscc u
XK_XDR_GSZC 行政相对人代码_2(工商注册号) registration_no -
XK_XDR_ZZJG 行政相对人代码_3(组织机构代码) org_code -
XK_XDR_SWDJ 行政相对人代码_4(税务登记号) tax_no -
XK_XDR_SYDW 行政相对人代码_5(事业单位证书号) institution_cert_no -
XK_XDR_SHZZ 行政相对人代码_6(社会组织登记证号) social_org_no -
XK_FRDB 法定代表人 legal_representative -
XK_FR_ZJLX 法定代表人证件类型 legal_rep_id_type -
XK_FR_ZJHM 法定代表人证件号码 legal_rep_id_no -
XK_XDR_ZJLX 证件类型 person_id_type -
XK_XDR_ZJHM 证件号码 person_id_no -
XK_XKWS 行政许可决定文书名称 document_title !n
XK_WSH 行政许可决定文书号 document_no !n
XK_XKLB 许可类别 licence_category !n
XK_XKZS 许可证书名称 certificate_name n
XK_XKBH 许可编号 licence_no n
XK_NR 许可内容 licence_content !
XK_JDRQ 许可决定日期 decision_date !n
XK_YXQZ 有效期自 valid_from !n
XK_YXQZI 有效期至 valid_to !n
XK_XKJG 许可机关 authority !n
XK_XKJGDM 许可机关统一社会信用代码 authority_uscc !u
XK_ZT 当前状态 state !n
XK_LYDW 数据来源单位 source_department !n
XK_LYDWDM 数据来源单位统一社会信用代码 source_department_uscc !u
BZ 备注 remark -
"""
LIST = """
list_kind 名单种类 list_kind !n
list_name 名单名称 list_name n
subject_name 主体名称 counterparty_name !n
uscc 统一社会信用代码 uscc u
basis_document 列入依据 document_no !n
authority 认定机关 authority !n
listed_on 列入日期 decision_date !n
term_months 公示月数 term_months n
early_removal_after 提前移出条件 early_removal_after .
remark 备注 remark -
"""
PROMISE = """
promise_type 承诺类型 promise_type !n
promise_matter 承诺事项 matter !n
subject_name 主体名称 counterparty_name !n
uscc 统一社会信用代码 uscc u
accepting_unit 受理单位 authority !n
promised_on 承诺日期 decision_date !n
fulfilment_state 履行状态 fulfilment !n
public 是否公开 public !n
"""
# The keys of the court's public site. The number is a person's or an entity's: see defaulters.
JUDGMENT_DEFAULTER = """
id 序号 row_id -
iname 被执行人名称|姓名/名称 counterparty_name !n
caseCode 案号 document_no !n
age 年龄 age -
sexy 性别 sex -
cardNum 证件号码 card_no h-
businessEntity 法定代表人 legal_representative -
courtName 执行法院 authority !n
areaName 省份 area -
partyTypeName 被执行人类型 party_type !-
gistId 执行依据文号 basis_no n
regDate 立案时间 registered_on !n
gistUnit 作出执行依据单位 basis_authority n
duty 生效法律文书确定的义务 duty !
performance 履行情况 performance n
performedPart 已履行部分 performed_part .
unperformPart 未履行部分 unperformed_part .
disruptTypeName 失信行为具体情形 disrupt_type !.
publishDate 发布时间 decision_date !n
"""
# The number is an entity's or a person's, as it was in the row that is taken back.
REMOVAL = """
record_kind 种类 record_kind !n
list_kind 名单种类 list_kind n
authority 认定机关 authority !n
authority_uscc 机关代码 authority_uscc u
document_no 文号 document_no !n
subject_name 主体名称 counterparty_name !n
uscc 统一社会信用代码|主体代码|证件号码 uscc h-
action 处理方式 action !n
reason 理由 reason !
acted_on 日期 decision_date !n
"""
STATEMENT = """
statement_kind 种类 statement_kind !n
subject_name 主体名称 counterparty_name !n
uscc 统一社会信用代码 uscc u
matter 事项 matter !n
result 结果/等级|结果|等级 result n
document_no 文号 document_no n
authority 认定机关 authority !n
authority_uscc 机关代码 authority_uscc u
stated_on 日期 decision_date !n
valid_to 有效期至 valid_to n
source 来源 source_department n
"""
# What the registrar says of a subject as of a day. Who represents it is read and not kept.
REGISTRATION = """
subject_name 主体名称|企业名称 counterparty_name !n
uscc 统一社会信用代码 uscc !u
state 登记状态|经营状态 state !n
state_since 状态日期 state_since n
successor_uscc 存续主体代码|合并后主体代码 successor c
district 登记机关行政区划|行政区划|行政区划代码 district n
zone 开发区|园区 zone n
former_names 曾用名 former_names .
renamed_on 更名日期 renamed_on n
legal_representative 法定代表人|负责人 legal_representative -
registration_no 工商注册号 registration_no -
registration_no_from 工商注册号启用日期 registration_no_from n
registration_no_until 工商注册号停用日期 registration_no_until n
org_code 组织机构代码 org_code -
org_code_from 组织机构代码启用日期 org_code_from n
org_code_until 组织机构代码停用日期 org_code_until n
tax_no 税务登记号 tax_no -
tax_no_from 税务登记号启用日期 tax_no_from n
tax_no_until 税务登记号停用日期 tax_no_until n
institution_cert_no 事业单位证书号 institution_cert_no -
institution_cert_no_from 事业单位证书号启用日期 institution_cert_no_from n
institution_cert_no_until 事业单位证书号停用日期 institution_cert_no_until n
social_org_no 社会组织登记证号 social_org_no -
social_org_no_from 社会组织登记证号启用日期 social_org_no_from n
social_org_no_until 社会组织登记证号停用日期 social_org_no_until n
as_of 数据日期|数据截至日期 decision_date !n
"""
